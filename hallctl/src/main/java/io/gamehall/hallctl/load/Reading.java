package io.gamehall.hallctl.load;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads up to where topics ended when they were looked at.
 *
 * @param silenceMax so long nothing may come: polling alone would wait for ever for a broker that is away
 */
public record Reading(Duration silenceMax) {
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * From where the consumer stands. What has come since the ends were looked at is passed over.
     *
     * @param ends behind the last record of each partition that the consumer is assigned to
     * @param goesOn is told each record; false: the rest is not wanted
     * @throws TimeoutException if Kafka falls silent
     */
    public void read(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> goesOn) {
        readOn(
                consumer,
                ends,
                record -> record.offset() >= ends.get(new TopicPartition(record.topic(), record.partition()))
                        || goesOn.test(record));
    }

    /** The same, but what has come since is told, too: for who reads on with the same consumer later. */
    public void readOn(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> goesOn) {
        long heard = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(POLL);
            for (var record : records) {
                if (!goesOn.test(record)) return;
            }
            if (!records.isEmpty()) heard = System.nanoTime();
            if (System.nanoTime() - heard > silenceMax.toNanos()) {
                throw new TimeoutException(
                        "Kafka tells no more of " + ends.keySet() + " for " + silenceMax.toSeconds() + " s");
            }
        }
    }
}
