package io.gamehall.reward.pipeline.kafka;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.gamehall.reward.pipeline.PipelineConfig;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.v1.Notice;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What leaves for Kafka: notices and dead letters, at least once each. A raw producer (acks=all, idempotent),
 * because awaiting a batch of its confirmations costs far less than one Mutiny emission for each record.
 */
@ApplicationScoped
public class Outbox {
    /** For each partition: a poll's worth of notices is a few such batches, not dozens. */
    private static final int BATCH_BYTES = 65_536;

    private final String notices;
    private final PipelineConfig config;
    private final Producer<byte[], byte[]> producer;

    Outbox(Cell cell, PipelineConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.notices = Topics.name(cell.name(), Topics.PLAYER_NOTICES);
        this.config = config;
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        // The largest record that Kafka takes, and a dead letter's headers.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.DEAD_LETTER_BYTES_MAX);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "reward-outbox");
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A notice as a record, under its player's key. */
    public ProducerRecord<byte[], byte[]> notice(Notice notice) {
        var key = Long.toUnsignedString(notice.getPlayerId()).getBytes(StandardCharsets.US_ASCII);
        return new ProducerRecord<>(notices, key, notice.toByteArray());
    }

    /**
     * Ends, on the caller's event loop, when Kafka has confirmed every record; while Kafka is away it tries again with
     * all of them, so that records may come twice. Never fails.
     */
    public Uni<Void> publish(List<ProducerRecord<byte[], byte[]>> records, Progress progress) {
        if (records.isEmpty()) return Uni.createFrom().voidItem();
        return Uni.createFrom()
                .completionStage(() -> send(records))
                // send() blocks while it has no metadata or no buffer space.
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .onFailure()
                .invoke(progress::waiting)
                .onFailure()
                .retry()
                .withBackOff(config.retryDelayFirst(), config.retryDelayMax())
                .indefinitely()
                .invoke(progress::flows)
                .emitOn(callersLoop());
    }

    private CompletableFuture<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
        var confirmed = new CompletableFuture<Void>();
        var left = new AtomicInteger(records.size());
        for (var record : records) {
            // All of them are sent again; and each of the others might block for as long as this one has.
            if (confirmed.isCompletedExceptionally()) break;
            producer.send(record, (_, failure) -> {
                if (failure != null) confirmed.completeExceptionally(failure);
                if (left.decrementAndGet() == 0) confirmed.complete(null);
            });
        }
        return confirmed;
    }

    private static Executor callersLoop() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(_ -> work.run());
    }

    @PreDestroy
    void close() {
        producer.close(Duration.ofSeconds(3));
    }
}
