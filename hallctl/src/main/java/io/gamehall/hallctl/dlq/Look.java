package io.gamehall.hallctl.dlq;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.dlq.Mark.State;
import io.gamehall.hallctl.load.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The dead letters of a cell as they were at one moment, and what had been done with them. Confined to its box's thread. */
public final class Look {
    private static final Reading READING = new Reading(Duration.ofSeconds(15));

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String cell;
    /** The end of each place of letters, by its first letter. */
    private final TreeMap<LetterId, Long> ends = new TreeMap<>();

    private final Marks dealtWith;

    /**
     * How full a topic is.
     *
     * @param topic without the cell's name
     * @param letters all that are there
     */
    public record Count(String topic, long letters, long replayed, long dropped) {
        public long open() {
            return letters - replayed - dropped;
        }
    }

    /** A letter, and what was done with it; empty: nothing yet. */
    public record Found(Letter letter, Optional<State> state) {}

    /** Reads all marks. */
    Look(KafkaConsumer<byte[], byte[]> consumer, String cell) {
        this.consumer = consumer;
        this.cell = cell;
        var places = places();
        var firsts = consumer.beginningOffsets(places);
        var lasts = consumer.endOffsets(places);
        var byPlace = new HashMap<String, Long>();
        for (var place : places) {
            var topic = place.topic().substring(cell.length() + 1);
            ends.put(new LetterId(topic, place.partition(), firsts.get(place)), lasts.get(place));
            byPlace.put(topic + "/" + place.partition(), firsts.get(place));
        }
        dealtWith = Marks.read(READING, consumer, Topics.name(cell, Topics.DLQ_MARKS), byPlace);
    }

    /** One for each topic of dead letters, in the order of their names. */
    public List<Count> counts() {
        var letters = new TreeMap<String, Long>();
        ends.forEach((first, end) -> letters.merge(first.topic(), end - first.offset(), Long::sum));
        return letters.entrySet().stream()
                .map(it -> new Count(
                        it.getKey(),
                        it.getValue(),
                        dealtWith.count(it.getKey(), State.REPLAYED),
                        dealtWith.count(it.getKey(), State.DROPPED)))
                .toList();
    }

    /**
     * Letters in the order of their names.
     *
     * @param topic without the cell's name; empty: all
     * @param after only those after it
     * @param pick what to keep of a letter, which may be large; empty: it is passed over
     * @param max how many to keep
     * @throws IllegalArgumentException if there is no such topic
     */
    public <T> List<T> letters(
            Optional<String> topic, Optional<LetterId> after, Function<Found, Optional<T>> pick, int max) {
        topic.ifPresent(this::requireTopic);
        var found = new ArrayList<T>();
        for (var part : ends.entrySet()) {
            var first = part.getKey();
            if (found.size() >= max) break;
            if (topic.isPresent() && !topic.get().equals(first.topic())) continue;
            long from = first.offset();
            if (after.isPresent()) {
                var last = new LetterId(first.topic(), first.partition(), Long.MAX_VALUE);
                if (last.compareTo(after.get()) <= 0) continue;
                if (after.get().place(cell).equals(first.place(cell))) {
                    if (after.get().offset() >= part.getValue()) continue;
                    from = Math.max(from, after.get().offset() + 1);
                }
            }
            read(first, from, part.getValue(), pick, max, found);
        }
        return found;
    }

    private void requireTopic(String topic) {
        var topics = ends.keySet().stream().map(LetterId::topic).collect(Collectors.toCollection(TreeSet::new));
        if (!topics.contains(topic)) {
            throw new IllegalArgumentException("There is no topic " + LetterText.plain(topic, 100)
                    + " of dead letters; there are " + String.join(", ", topics) + ".");
        }
    }

    private <T> void read(
            LetterId first, long from, long end, Function<Found, Optional<T>> pick, int max, List<T> found) {
        var place = first.place(cell);
        consumer.assign(List.of(place));
        consumer.seek(place, from);
        READING.read(consumer, Map.of(place, end), record -> {
            var id = new LetterId(first.topic(), first.partition(), record.offset());
            pick.apply(new Found(Letter.of(id, record), dealtWith.of(id))).ifPresent(found::add);
            return found.size() < max;
        });
    }

    /** Empty if it is not there, or not any more. */
    public Optional<Found> letter(LetterId id) {
        var before = id.offset() == 0
                ? Optional.<LetterId>empty()
                : Optional.of(new LetterId(id.topic(), id.partition(), id.offset() - 1));
        boolean there = ends.entrySet().stream()
                .anyMatch(it -> it.getKey().place(cell).equals(id.place(cell))
                        && it.getKey().offset() <= id.offset()
                        && id.offset() < it.getValue());
        if (!there) return Optional.empty();
        return letters(Optional.of(id.topic()), before, Optional::of, 1).stream()
                .filter(one -> one.letter().id().equals(id))
                .findFirst();
    }

    /** @throws IllegalArgumentException if it is not there, or not any more */
    Found require(LetterId id) {
        return letter(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no letter " + id + ", or not any more."));
    }

    private List<TopicPartition> places() {
        var suffix = Topics.DLQ_SUFFIX;
        return consumer.listTopics().entrySet().stream()
                .filter(it -> it.getKey().startsWith(cell + ".") && it.getKey().endsWith(suffix))
                .flatMap(it -> it.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }
}
