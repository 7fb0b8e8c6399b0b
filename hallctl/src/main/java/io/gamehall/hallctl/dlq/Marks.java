package io.gamehall.hallctl.dlq;

import io.gamehall.hallctl.dlq.Mark.State;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
