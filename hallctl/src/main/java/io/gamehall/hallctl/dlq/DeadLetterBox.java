package io.gamehall.hallctl.dlq;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.dlq.Mark.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of a cell. Kafka cannot take single records out of a topic, so what was done with a letter is marked in
 * a compacted topic beside it (docs/dead-letters.md). Confined to one thread, which it blocks; holds one batch of letters
 * at a time, however many there are.
 */
public final class DeadLetterBox implements AutoCloseable {
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
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "max.block.ms",
                        API_TIMEOUT_MS,
                        "request.timeout.ms",
                        API_TIMEOUT_MS / 2,
                        "delivery.timeout.ms",
                        2 * API_TIMEOUT_MS,
                        "max.request.size",
                        FETCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Reads the marks, not the letters. What it gives must not be used after the box is closed. */
    public Look look() {
        return new Look(consumer, cell);
    }

    /**
     * Puts letters back where they came from, and marks them when Kafka has them there. Whoever is cut off in between
     * leaves some of them replayed and not marked: then they are told twice, as facts may be.
     *
     * @throws IllegalArgumentException before anything was done, if one of them cannot be replayed
     */
    public void replay(Collection<Letter> letters, String why) throws InterruptedException, ExecutionException {
        send(letters.stream().map(this::again).toList());
        mark(letters, State.REPLAYED, why);
    }

    private ProducerRecord<byte[], byte[]> again(Letter letter) {
        try {
            return letter.again(cell);
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
                .map(letter ->
                        new ProducerRecord<>(marks, letter.id().toString().getBytes(StandardCharsets.UTF_8), value))
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
