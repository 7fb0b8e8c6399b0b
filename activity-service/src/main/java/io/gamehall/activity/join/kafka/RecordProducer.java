package io.gamehall.activity.join.kafka;

import io.gamehall.activity.join.JoinSettings;
import io.gamehall.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one Kafka producer of this process: all replicas, idempotent, batched for {@value #LINGER_MS} ms. Sending never blocks an
 * event loop for longer than {@value #BLOCK_MS_MAX} ms, and not at all once the topic is known. Thread-safe.
 */
@Singleton
class RecordProducer {
    private static final int BLOCK_MS_MAX = 20;
    /** Kafka works for each batch of a partition, however small it is: with 1 ms a join costs it twice as much. */
    private static final int LINGER_MS = 4;

    private final KafkaProducer<byte[], byte[]> producer;

    RecordProducer(@Identifier("default-kafka-broker") Map<String, Object> broker, JoinSettings settings) {
        var timeoutMs = (int) settings.publishTimeout().toMillis();
        var config = new HashMap<>(broker);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        // While one request is on its way records gather for the next: the more come, the larger the batches.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs / 2);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS_MAX);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.DEAD_LETTER_BYTES_MAX);
        // A topic once known stays known: looking it up again would hold an event loop.
        config.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(3650).toMillis());
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void close(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent stopped) {
        producer.close(Duration.ofSeconds(2));
    }

    /** Whether the topic is known by now. Blocks for {@value #BLOCK_MS_MAX} ms at most: not for event loops. */
    boolean knows(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (KafkaException notYet) {
            return false;
        }
    }

    /** Completes on the caller's context when all in-sync replicas have the record. */
    Uni<Void> send(ProducerRecord<byte[], byte[]> record) {
        return Uni.createFrom().emitter(emitter -> {
            var context = Vertx.currentContext();
            try {
                producer.send(record, (stored, failure) -> {
                    if (context == null) answer(emitter, failure);
                    else context.runOnContext(ignored -> answer(emitter, failure));
                });
            } catch (KafkaException | IllegalStateException refused) {
                emitter.fail(refused);
            }
        });
    }

    private static void answer(UniEmitter<? super Void> emitter, Exception failure) {
        if (failure == null) emitter.complete(null);
        else emitter.fail(failure);
    }
}
