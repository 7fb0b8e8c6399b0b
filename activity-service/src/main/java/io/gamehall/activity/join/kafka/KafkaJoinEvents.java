package io.gamehall.activity.join.kafka;

import io.gamehall.activity.guard.Breaker;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.activity.join.JoinEvents;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.pace.Cadence;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topic {@code <cell>.activity-joins}. */
@Singleton
class KafkaJoinEvents implements JoinEvents {
    private static final Duration FIRST_LOOKS = Duration.ofMillis(100);

    private final RecordProducer producer;
    private final Breaker breaker;
    private final Vertx vertx;
    private final String topic;
    private final String deadLetters;
    private volatile boolean ready;
    private Cadence looking;

    KafkaJoinEvents(RecordProducer producer, Breakers breakers, Cell cell, Vertx vertx) {
        this.producer = producer;
        this.breaker = breakers.kafka();
        this.vertx = vertx;
        this.topic = Topics.name(cell.name(), Topics.ACTIVITY_JOINS);
        this.deadLetters = Topics.name(cell.name(), Topics.ACTIVITY_JOINS + Topics.DLQ_SUFFIX);
    }

    void start(@Observes StartupEvent started) {
        looking = Cadence.start(vertx, "find topic " + topic, FIRST_LOOKS, this::look);
    }

    void stop(@Observes ShutdownEvent stopped) {
        looking.close();
    }

    @Override
    public boolean isKnown() {
        return ready;
    }

    @Override
    public boolean isReady() {
        return ready && breaker.isWorthwhile();
    }

    @Override
    public Uni<Void> publish(Join join) {
        return breaker.call(
                () -> producer.send(new ProducerRecord<>(topic, JoinRecords.key(join), JoinRecords.value(join))));
    }

    private Uni<Void> look() {
        return Uni.createFrom()
                .item(() -> producer.knows(topic) & producer.knows(deadLetters))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(known -> {
                    ready = known;
                    if (known) looking.close();
                })
                .replaceWithVoid();
    }
}
