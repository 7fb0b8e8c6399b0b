package io.gamehall.hallctl.dlq;

import io.gamehall.hallctl.dlq.Mark.State;
import io.gamehall.hallctl.load.Reading;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which letters were dealt with, as of one moment: one or two bits for each letter, so that millions of them fit. Letters
 * before the first one that is still there are forgotten.
 */
final class Marks {
    private final Map<String, Long> firsts;
    private final Map<String, BitSet> replayed = new HashMap<>();
    private final Map<String, BitSet> dropped = new HashMap<>();

    /** @param firsts offset of the first letter in each {@code <topic>/<partition>} */
    Marks(Map<String, Long> firsts) {
        this.firsts = Map.copyOf(firsts);
    }

    /** All marks that stand in their topic now. */
    static Marks read(Reading reading, KafkaConsumer<byte[], byte[]> consumer, String topic, Map<String, Long> firsts) {
        var marks = new Marks(firsts);
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reading.read(consumer, consumer.endOffsets(partitions), record -> {
            var id = LetterId.parse(new String(record.key(), StandardCharsets.UTF_8));
            marks.put(id, record.value() == null ? null : Mark.parse(record.value()));
            return true;
        });
        return marks;
    }

    /** The last mark of a letter counts. @param mark null: none */
    void put(LetterId id, Mark mark) {
        var place = place(id);
        var first = firsts.get(place);
        if (first == null || id.offset() < first || id.offset() - first > Integer.MAX_VALUE - 1) return;
        int at = (int) (id.offset() - first);
        replayed.computeIfAbsent(place, any -> new BitSet()).set(at, mark != null && mark.state() == State.REPLAYED);
        dropped.computeIfAbsent(place, any -> new BitSet()).set(at, mark != null && mark.state() == State.DROPPED);
    }

    /** Empty: nobody has dealt with it. */
    Optional<State> of(LetterId id) {
        if (has(replayed, id)) return Optional.of(State.REPLAYED);
        return has(dropped, id) ? Optional.of(State.DROPPED) : Optional.empty();
    }

    /** Letters of a topic, without the cell's name, that are in a state. */
    long count(String topic, State state) {
        var marks = state == State.REPLAYED ? replayed : dropped;
        return marks.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(topic + "/"))
                .mapToLong(entry -> entry.getValue().cardinality())
                .sum();
    }

    private boolean has(Map<String, BitSet> marks, LetterId id) {
        var bits = marks.get(place(id));
        if (bits == null) return false;
        long at = id.offset() - firsts.get(place(id));
        return at >= 0 && at < bits.length() && bits.get((int) at);
    }

    private static String place(LetterId id) {
        return id.topic() + "/" + id.partition();
    }
}
