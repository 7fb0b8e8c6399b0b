package io.gamehall.activity.join.kafka;

import io.gamehall.activity.join.LedgerProgress;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Compares the committed offsets of group {@code <cell>.join-ledger} with the ends of its topic. */
@Singleton
class KafkaLedgerProgress implements LedgerProgress {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Map<String, Object> broker;
    private final String topic;
    private final String group;
    private Admin admin;

    KafkaLedgerProgress(@Identifier("default-kafka-broker") Map<String, Object> broker, Cell cell) {
        this.broker = broker;
        this.topic = Topics.name(cell.name(), Topics.ACTIVITY_JOINS);
        this.group = cell.name() + ".join-ledger";
    }

    void close(@Observes ShutdownEvent stopped) {
        synchronized (this) {
            if (admin != null) admin.close(Duration.ofSeconds(1));
        }
    }

    @Override
    public Uni<Void> caughtUp() {
        return ends().chain(this::reached);
    }

    /** The end of every partition that has ever held a record. */
    private Uni<Map<TopicPartition, Long>> ends() {
        return uni(() ->
                        admin().describeTopics(List.of(topic)).topicNameValues().get(topic))
                .chain(description -> {
                    var latest = new HashMap<TopicPartition, OffsetSpec>();
                    description
                            .partitions()
                            .forEach(partition ->
                                    latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
                    return uni(() -> admin().listOffsets(latest).all());
                })
                .map(offsets -> {
                    var ends = new HashMap<TopicPartition, Long>();
                    offsets.forEach((partition, end) -> {
                        if (end.offset() > 0) ends.put(partition, end.offset());
                    });
                    return ends;
                });
    }

    private Uni<Void> reached(Map<TopicPartition, Long> ends) {
        return uni(() -> admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .chain(committed -> {
                    var done = ends.entrySet().stream().allMatch(end -> {
                        var offset = committed.get(end.getKey());
                        return offset != null && offset.offset() >= end.getValue();
                    });
                    return done
                            ? Uni.createFrom().voidItem()
                            : Uni.createFrom()
                                    .voidItem()
                                    .onItem()
                                    .delayIt()
                                    .by(LOOK_EVERY)
                                    .chain(() -> reached(ends));
                });
    }

    /** Rarely needed, hence made when it is. */
    private synchronized Admin admin() {
        if (admin == null) admin = Admin.create(broker);
        return admin;
    }

    private static <T> Uni<T> uni(Supplier<KafkaFuture<T>> call) {
        return Uni.createFrom().completionStage(() -> call.get().toCompletionStage());
    }
}
