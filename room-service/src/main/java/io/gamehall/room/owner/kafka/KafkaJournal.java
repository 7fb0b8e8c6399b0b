package io.gamehall.room.owner.kafka;

import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.kafka.JournalFollower;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.Journal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * The journal on Kafka: acks=all, idempotent, order kept. The producer never gives a batch up by itself (its delivery
 * time-out is unlimited); should it fail for good, it is thrown away with all that it had not sent yet, so that no
 * later record can stand in the log where an earlier one is missing.
 */
public final class KafkaJournal implements Journal, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaJournal.class);

    private final String topic;
    private final Map<String, Object> settings;
    private final Admin admin;
    private final EventLoops loops;
    private final Runnable onFailure;
    /** For each partition, failures of which its owner has not been told yet. */
    private final AtomicIntegerArray fences;

    private volatile KafkaProducer<byte[], byte[]> producer;

    /**
     * @param settings of Kafka's clients: at least {@code bootstrap.servers}
     * @param loops the event loop of each partition
     * @param onFailure hands to every partition's event loop that its owner is to step down
     */
    public KafkaJournal(Map<String, Object> settings, String topic, EventLoops loops, Runnable onFailure) {
        this.topic = topic;
        this.settings = producerSettings(settings);
        this.loops = loops;
        this.fences = new AtomicIntegerArray(loops.partitions());
        this.onFailure = onFailure;
        this.admin = Admin.create(settings);
        this.producer = open();
    }

    private static Map<String, Object> producerSettings(Map<String, Object> common) {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // Parked replies are bounded for each partition, so this buffer holds all that may be in flight.
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);
        // send() runs on event loops: rather fail, and step down, than block them.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        return settings;
    }

    private KafkaProducer<byte[], byte[]> open() {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void append(int partition, long term, RoomEvent event, Optional<Answer> answer) {
        var headers = new ArrayList<Header>(2);
        headers.add(termHeader(term));
        answer.ifPresent(it -> headers.add(new RecordHeader(JournalFollower.ANSWER_HEADER, JournalCodec.value(it))));
        send(partition, JournalCodec.key(event), JournalCodec.value(event).orElse(null), headers);
    }

    @Override
    public void claim(int partition, long term, OwnerClaim claim) {
        send(partition, JournalCodec.OWNER, JournalCodec.value(claim), List.of(termHeader(term)));
    }

    private static Header termHeader(long term) {
        return new RecordHeader(
                JournalFollower.TERM_HEADER,
                ByteBuffer.allocate(Long.BYTES).putLong(term).array());
    }

    private void send(int partition, String key, byte[] value, List<Header> headers) {
        // Between a failure and the owner's stepping down, nothing more may follow what was lost.
        if (fences.get(partition) > 0) return;
        var used = producer;
        var record = new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value, headers);
        try {
            used.send(record, (stored, failure) -> {
                if (failure != null) replace(used, failure);
            });
        } catch (KafkaException | IllegalStateException failure) {
            replace(used, failure);
        }
    }

    private synchronized void replace(KafkaProducer<byte[], byte[]> failed, Exception failure) {
        if (producer != failed) return;
        LOG.errorf("The journal can't be written, all partitions step down: %s", failure.getMessage());
        for (int partition = 0; partition < fences.length(); partition++) fences.incrementAndGet(partition);
        // Its own I/O thread reports the failure, and can't be waited for from there.
        Thread.ofVirtual().start(() -> {
            failed.close(Duration.ZERO);
            warmUp();
        });
        producer = open();
        onFailure.run();
        // Each event loop keeps its order: there the owner has stepped down by then.
        for (int partition = 0; partition < fences.length(); partition++) {
            int stepped = partition;
            loops.run(stepped, () -> fences.decrementAndGet(stepped));
        }
    }

    /** Learns about the topic, so that the first append need not wait. Blocks until the brokers answer. */
    void warmUp() {
        Producers.awaitTopic(producer, topic);
    }

    @Override
    public CompletionStage<Long> end(int partition) {
        var at = new TopicPartition(topic, partition);
        var onContext = new CompletableFuture<Long>();
        admin.listOffsets(Map.of(at, OffsetSpec.latest()))
                .partitionResult(at)
                .whenComplete((end, failure) -> loops.run(partition, () -> {
                    if (failure == null) onContext.complete(end.offset());
                    else onContext.completeExceptionally(failure);
                }));
        return onContext;
    }

    /** Sends what waits, at most a second, and closes. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}
