package io.gamehall.hallctl.drill.check;

import io.gamehall.hallctl.load.Reading;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.kafka.JournalFollower;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a room-journal from its beginning into a {@link JournalTrace}, further with each call. One thread. */
public final class JournalReader implements AutoCloseable {
    private static final Reading READING = new Reading(Duration.ofSeconds(30));

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final JournalTrace trace;
    private long read;

    /**
     * @param bootstrap of Kafka
     * @param topic the journal's full name
     */
    public JournalReader(String bootstrap, String topic, int partitions) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "max.poll.records", 5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        this.trace = new JournalTrace(partitions);
        consumer.assign(this.partitions);
        consumer.seekToBeginning(this.partitions);
    }

    public JournalTrace trace() {
        return trace;
    }

    /**
     * Reads everything that stands there now.
     *
     * @return how many records were new
     * @throws org.apache.kafka.common.errors.TimeoutException if Kafka falls silent
     */
    public long readToEnd() {
        long before = read;
        READING.readOn(consumer, consumer.endOffsets(partitions), record -> {
            trace.read(new Entry(record.partition(), record.offset(), record.timestamp(), decode(record)));
            read++;
            return true;
        });
        return read - before;
    }

    private static JournalRecord decode(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(JournalFollower.TERM_HEADER);
        if (record.key() == null || header == null || header.value().length != Long.BYTES) {
            return new JournalRecord(0, "", new JournalRecord.Content.Unreadable("No key or no term"));
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        return new JournalRecord(
                ByteBuffer.wrap(header.value()).getLong(),
                key,
                JournalCodec.decode(key, Optional.ofNullable(record.value())));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
