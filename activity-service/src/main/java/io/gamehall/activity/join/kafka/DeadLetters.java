package io.gamehall.activity.join.kafka;

import static io.gamehall.contracts.DeadLetters.CAUSE;
import static io.gamehall.contracts.DeadLetters.ORIGIN_OFFSET;
import static io.gamehall.contracts.DeadLetters.ORIGIN_PARTITION;
import static io.gamehall.contracts.DeadLetters.ORIGIN_TIMESTAMP;
import static io.gamehall.contracts.DeadLetters.ORIGIN_TOPIC;

import io.gamehall.activity.join.JoinMeters;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Topic {@code <cell>.activity-joins-dlq}: records nobody can use, unchanged, with cause and origin in headers. */
@Singleton
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final RecordProducer producer;
    private final JoinMeters meters;
    private final String topic;

    DeadLetters(RecordProducer producer, JoinMeters meters, Cell cell) {
        this.producer = producer;
        this.meters = meters;
        this.topic = Topics.name(cell.name(), Topics.ACTIVITY_JOINS + Topics.DLQ_SUFFIX);
    }

    /** Completes when the record is safe there. */
    Uni<Void> bury(ConsumerRecord<byte[], byte[]> record, String cause) {
        var letter = new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        header(letter, CAUSE, cause);
        header(letter, ORIGIN_TOPIC, record.topic());
        header(letter, ORIGIN_PARTITION, Integer.toString(record.partition()));
        header(letter, ORIGIN_OFFSET, Long.toString(record.offset()));
        header(letter, ORIGIN_TIMESTAMP, Long.toString(firstToldMs(record)));
        return producer.send(letter).invoke(() -> {
            meters.deadLetter();
            LOG.errorf("Put aside record %d of %s-%d: %s", record.offset(), record.topic(), record.partition(), cause);
        });
    }

    private static long firstToldMs(ConsumerRecord<byte[], byte[]> record) {
        var origin = record.headers().lastHeader(ORIGIN_TIMESTAMP);
        return io.gamehall.contracts.DeadLetters.firstToldMs(
                origin == null ? null : origin.value(), record.timestamp());
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        // A replayed letter may come back: the last origin counts.
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
