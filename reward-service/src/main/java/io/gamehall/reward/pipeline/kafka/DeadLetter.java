package io.gamehall.reward.pipeline.kafka;

import static io.gamehall.contracts.DeadLetters.CAUSE;
import static io.gamehall.contracts.DeadLetters.ORIGIN_OFFSET;
import static io.gamehall.contracts.DeadLetters.ORIGIN_PARTITION;
import static io.gamehall.contracts.DeadLetters.ORIGIN_TIMESTAMP;
import static io.gamehall.contracts.DeadLetters.ORIGIN_TOPIC;

import io.gamehall.contracts.DeadLetters;
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
        header(letter, ORIGIN_TIMESTAMP, Long.toString(firstToldMs(received)));
        return letter;
    }

    /** Kafka's time of a record, but of a replayed one that which it had at first; milliseconds since 1970. */
    static long firstToldMs(ConsumerRecord<byte[], byte[]> record) {
        var origin = record.headers().lastHeader(ORIGIN_TIMESTAMP);
        return DeadLetters.firstToldMs(origin == null ? null : origin.value(), record.timestamp());
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        // A replayed letter may come back: the last origin counts.
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
