package io.gamehall.room.owner.kafka;

import io.gamehall.room.owner.EventLoops;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the producers of this service have in common: they send on event loops, and so must never block there. */
final class Producers {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Producers() {}

    /**
     * A producer for what must not be lost, for use on event loops: it never blocks, and what fails is told.
     *
     * @param settings of Kafka's clients: at least {@code bootstrap.servers}
     */
    static KafkaProducer<byte[], byte[]> open(Map<String, Object> settings) {
        var own = new HashMap<>(settings);
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        own.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        own.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);
        own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends a record. @return completes on a thread of Kafka's; fails when it is not known to be stored */
    static CompletableFuture<Void> send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var stored = new CompletableFuture<Void>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) stored.complete(null);
                else stored.completeExceptionally(failure);
            });
        } catch (RuntimeException failure) {
            stored.completeExceptionally(failure);
        }
        return stored;
    }

    /** The same, told on a partition's thread. */
    static CompletableFuture<Void> on(EventLoops loops, int partition, CompletableFuture<Void> stored) {
        var onContext = new CompletableFuture<Void>();
        stored.whenComplete((done, failure) -> loops.run(partition, () -> {
            if (failure == null) onContext.complete(null);
            else onContext.completeExceptionally(failure);
        }));
        return onContext;
    }

    /** Waits until a producer, whose {@code max.block.ms} is 0, knows a topic. */
    static void awaitTopic(KafkaProducer<byte[], byte[]> producer, String topic) {
        while (true) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (TimeoutException notYet) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
