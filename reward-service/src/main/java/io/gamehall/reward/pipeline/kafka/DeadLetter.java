package io.gamehall.reward.pipeline.kafka;

import io.gamehall.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that will never have an effect, on its way to {@code <topic>-dlq}: key, value and headers as they were, plus
 * headers (text) that say why and where from.
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> received, String cause) {
    /** Characters; causes are for people, and a letter has to stay below the DLQ's largest message. */
    private static final int CAUSE_LENGTH_MAX = 1_000;

    static final String CAUSE = "cause";
    static final String ORIGIN_TOPIC = "origin-topic";
    static final String ORIGIN_PARTITION = "origin-partition";
    static final String ORIGIN_OFFSET = "origin-offset";
    static final String ORIGIN_TIMESTAMP = "origin-timestamp-ms";

    DeadLetter {
        cause = cause.substring(0, Math.min(cause.length(), CAUSE_LENGTH_MAX));
    }

    /** Topic, partition and offset, for people. */
    String origin() {
        return "%s-%d@%d".formatted(received.topic(), received.partition(), received.offset());
    }

    ProducerRecord<byte[], byte[]> record() {
        var letter = new ProducerRecord<>(received.topic() + Topics.DLQ_SUFFIX, received.key(), received.value());
        received.headers().forEach(letter.headers()::add);
        header(letter, CAUSE, cause);
        header(letter, ORIGIN_TOPIC, received.topic());
        header(letter, ORIGIN_PARTITION, Integer.toString(received.partition()));
        header(letter, ORIGIN_OFFSET, Long.toString(received.offset()));
        header(letter, ORIGIN_TIMESTAMP, Long.toString(received.timestamp()));
        return letter;
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        // A replayed letter may come back: the last origin counts.
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
