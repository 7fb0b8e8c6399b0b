package io.gamehall.hallctl.dlq;

import io.gamehall.contracts.DeadLetters;
import io.gamehall.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record that nobody could use.
 *
 * @param atMs when it was set aside, milliseconds since 1970
 * @param key as it was; may be null
 * @param value as it was; may be null
 * @param headers as they were, and those of {@link DeadLetters}
 */
public record Letter(LetterId id, long atMs, byte[] key, byte[] value, List<Header> headers) {
    private static final Set<String> OURS = Set.of(
            DeadLetters.CAUSE,
            DeadLetters.ORIGIN_TOPIC,
            DeadLetters.ORIGIN_PARTITION,
            DeadLetters.ORIGIN_OFFSET,
            DeadLetters.ORIGIN_TIMESTAMP,
            DeadLetters.REPLAYED_FROM,
            DeadLetters.REPLAYS);

    public Letter {
        headers = List.copyOf(headers);
    }

    /** Where it came from: full name of the topic, and when it was told at first, in milliseconds since 1970. */
    public record Origin(String topic, int partition, long offset, long timestampMs) {}

    static Letter of(LetterId id, ConsumerRecord<byte[], byte[]> record) {
        var headers =
                StreamSupport.stream(record.headers().spliterator(), false).toList();
        return new Letter(id, record.timestamp(), record.key(), record.value(), headers);
    }

    /** Empty if whoever set it aside did not say. */
    public String cause() {
        return header(DeadLetters.CAUSE).orElse("");
    }

    /** Empty if the headers do not tell it: then it cannot be replayed. */
    public Optional<Origin> origin() {
        try {
            return Optional.of(new Origin(
                    header(DeadLetters.ORIGIN_TOPIC).orElseThrow(),
                    Integer.parseInt(header(DeadLetters.ORIGIN_PARTITION).orElseThrow()),
                    Long.parseLong(header(DeadLetters.ORIGIN_OFFSET).orElseThrow()),
                    Long.parseLong(header(DeadLetters.ORIGIN_TIMESTAMP).orElseThrow())));
        } catch (java.util.NoSuchElementException | NumberFormatException untold) {
            return Optional.empty();
        }
    }

    /** How often it had been replayed before it came here again. */
    public int replays() {
        try {
            return Integer.parseInt(header(DeadLetters.REPLAYS).orElse("0"));
        } catch (NumberFormatException strange) {
            return 0;
        }
    }

    /** The headers that the record had at first. */
    public List<Header> originalHeaders() {
        return headers.stream().filter(header -> !OURS.contains(header.key())).toList();
    }

    /**
     * The record once more, at its place. Its headers tell that it was replayed, and its first time: of two facts the later
     * one stays the later one. Kafka's time of it is the present, else what is older than its topic keeps facts would be
     * deleted before anybody has read it.
     *
     * @param cell the cell's name
     * @throws IllegalArgumentException if the letter does not tell a place that it can have come from
     */
    ProducerRecord<byte[], byte[]> again(String cell) {
        var from = origin().orElseThrow(() -> new IllegalArgumentException("it does not tell its origin"));
        if (!(from.topic() + Topics.DLQ_SUFFIX).equals(Topics.name(cell, id.topic()))) {
            throw new IllegalArgumentException("it says that it comes from " + from.topic());
        }
        if (from.timestampMs() < 0 || from.partition() < 0) throw new IllegalArgumentException("its origin is " + from);
        var record = new ProducerRecord<>(from.topic(), from.partition(), key, value);
        originalHeaders().forEach(record.headers()::add);
        record.headers().add(text(DeadLetters.ORIGIN_TIMESTAMP, Long.toString(from.timestampMs())));
        record.headers().add(text(DeadLetters.REPLAYED_FROM, id.toString()));
        record.headers().add(text(DeadLetters.REPLAYS, Integer.toString(replays() + 1)));
        return record;
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> header(String name) {
        return headers.reversed().stream()
                .filter(header -> header.key().equals(name) && header.value() != null)
                .findFirst()
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
