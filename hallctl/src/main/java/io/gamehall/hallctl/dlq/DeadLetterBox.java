package io.gamehall.hallctl.dlq;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.dlq.Mark.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of a cell. Kafka cannot take single records out of a topic, so what was done with a letter is marked in
 * a compacted topic beside it (docs/dead-letters.md). Confined to one thread, which it blocks; holds one batch of letters
 * at a time, however many there are.
 */
public final class DeadLetterBox implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int API_TIMEOUT_MS = 15_000;
    /** Fetched at once, so that the largest letters fit into this program. */
    private static final int POLL_RECORDS = 200;

    private static final int FETCH_BYTES = 4 << 20;

    private final String cell;
    private final String marks;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * @param bootstrap of Kafka
     * @param cell the cell's name
     */
    public DeadLetterBox(String bootstrap, String cell) {
        // Refuses what is no cell before anything is connected.
        this.marks = Topics.name(cell, Topics.DLQ_MARKS);
        this.cell = cell;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "max.poll.records", POLL_RECORDS,
                        "fetch.max.bytes", FETCH_BYTES,
                        "default.api.timeout.ms", API_TIMEOUT_MS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "acks", "all",
                        "max.block.ms", API_TIMEOUT_MS,
                        "request.timeout.ms", API_TIMEOUT_MS / 2,
                        "delivery.timeout.ms", 2 * API_TIMEOUT_MS,
                        "max.request.size", FETCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

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

    /** What a look at the box saw at one moment. */
    public final class Look {
        private final TreeMap<LetterId, Long> ends = new TreeMap<>();
        private final Marks dealtWith;

        private Look() {
            var places = places();
            var firsts = consumer.beginningOffsets(places);
            var lasts = consumer.endOffsets(places);
            var byPlace = new HashMap<String, Long>();
            for (var place : places) {
                var topic = place.topic().substring(cell.length() + 1);
                ends.put(new LetterId(topic, place.partition(), firsts.get(place)), lasts.get(place));
                byPlace.put(topic + "/" + place.partition(), firsts.get(place));
            }
            dealtWith = marks(byPlace);
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
         * @param wanted which of them
         * @param max how many
         */
        public List<Found> letters(
                Optional<String> topic, Optional<LetterId> after, Predicate<Found> wanted, int max) {
            var found = new ArrayList<Found>();
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
                read(first, from, part.getValue(), wanted, max, found);
            }
            return found;
        }

        private void read(
                LetterId first, long from, long end, Predicate<Found> wanted, int max, List<Found> found) {
            var place = first.place(cell);
            consumer.assign(List.of(place));
            consumer.seek(place, from);
            while (found.size() < max && consumer.position(place) < end) {
                for (var record : consumer.poll(POLL)) {
                    if (record.offset() >= end || found.size() >= max) return;
                    var id = new LetterId(first.topic(), first.partition(), record.offset());
                    var one = new Found(Letter.of(id, record), dealtWith.of(id));
                    if (wanted.test(one)) found.add(one);
                }
            }
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
            return letters(Optional.of(id.topic()), before, one -> one.letter().id().compareTo(id) >= 0, 1).stream()
                    .filter(one -> one.letter().id().equals(id))
                    .findFirst();
        }
    }

    /** Reads the marks, not the letters. */
    public Look look() {
        return new Look();
    }

    private List<TopicPartition> places() {
        var suffix = Topics.DLQ_SUFFIX;
        return consumer.listTopics().entrySet().stream()
                .filter(it -> it.getKey().startsWith(cell + ".") && it.getKey().endsWith(suffix))
                .flatMap(it -> it.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private Marks marks(Map<String, Long> firsts) {
        var found = new Marks(firsts);
        var partitions = consumer.partitionsFor(marks).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
            for (var record : consumer.poll(POLL)) {
                var id = LetterId.parse(new String(record.key(), StandardCharsets.UTF_8));
                found.put(id, record.value() == null ? null : Mark.parse(record.value()));
            }
        }
        return found;
    }

    /**
     * Puts letters back where they came from, and marks them when Kafka has them there. Whoever is cut off in between
     * leaves some of them replayed and not marked: then they are told twice, as facts may be.
     *
     * @throws IllegalArgumentException before anything was done, if one of them cannot be replayed
     */
    public void replay(Collection<Letter> letters, String why) throws InterruptedException, ExecutionException {
        send(letters.stream().map(DeadLetterBox::again).toList());
        mark(letters, State.REPLAYED, why);
    }

    private static ProducerRecord<byte[], byte[]> again(Letter letter) {
        try {
            return letter.again();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(letter.id() + " cannot be replayed: " + e.getMessage(), e);
        }
    }

    /** Marks letters as done with; their bytes stay until they expire. */
    public void drop(Collection<Letter> letters, String why) throws InterruptedException, ExecutionException {
        mark(letters, State.DROPPED, why);
    }

    private void mark(Collection<Letter> letters, State state, String why)
            throws InterruptedException, ExecutionException {
        var value = new Mark(state, System.currentTimeMillis(), why).bytes();
        send(letters.stream()
                .map(letter -> new ProducerRecord<>(
                        marks, letter.id().toString().getBytes(StandardCharsets.UTF_8), value))
                .toList());
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException, ExecutionException {
        var sent = new ArrayList<Future<?>>();
        for (var record : records) sent.add(producer.send(record));
        producer.flush();
        for (var one : sent) one.get();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
