package io.gamehall.hallctl.accounts;

import io.gamehall.contracts.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far reward-service has come with a cell's facts, by what its consumer groups have committed. */
final class Pipelines implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int API_TIMEOUT_MS = 15_000;
    /** reward-service's consumer groups, by what they read: see its application.properties. */
    private static final Map<String, String> GROUPS = Map.of(
            Topics.ACTIVITY_JOINS, "rewards-joins",
            Topics.GAME_RESULTS, "rewards-results",
            Topics.ACHIEVEMENT_REPORTS, "rewards-reports");

    private final Admin admin;
    private final String cell;

    Pipelines(String bootstrap, String cell) {
        this.cell = cell;
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                API_TIMEOUT_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                API_TIMEOUT_MS / 2));
    }

    /** @throws IllegalStateException if Kafka does not answer, or has not the cell's topics */
    void require() throws InterruptedException {
        try {
            for (var topic : GROUPS.keySet()) ends(Topics.name(cell, topic));
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "Kafka does not know the facts of " + cell + ": " + failed.getCause(), failed);
        }
    }

    /**
     * Waits until all facts that stand in Kafka now are booked. Facts that come meanwhile are not waited for.
     *
     * @throws IllegalStateException if that takes longer than the patience
     */
    void awaitBooked(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        try {
            for (var pipeline : GROUPS.entrySet()) {
                var topic = Topics.name(cell, pipeline.getKey());
                var due = ends(topic);
                while (!isBooked(due, cell + "." + pipeline.getValue())) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new IllegalStateException("reward-service has not booked all of " + topic + " within "
                                + patience.toSeconds() + " s: is it running?");
                    }
                    Thread.sleep(POLL);
                }
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "Kafka does not say how far reward-service is: " + failed.getCause(), failed);
        }
    }

    /** Where the partitions of a topic end that have any records. */
    private Map<TopicPartition, Long> ends(String topic) throws ExecutionException, InterruptedException {
        var description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        var earliest = new HashMap<TopicPartition, OffsetSpec>();
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (var partition : description.partitions()) {
            earliest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
            latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        }
        var starts = admin.listOffsets(earliest).all().get();
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> {
            if (end.offset() > starts.get(partition).offset()) ends.put(partition, end.offset());
        });
        return ends;
    }

    private boolean isBooked(Map<TopicPartition, Long> due, String group)
            throws ExecutionException, InterruptedException {
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return due.entrySet().stream().allMatch(end -> {
            var offset = committed.get(end.getKey());
            return offset != null && offset.offset() >= end.getValue();
        });
    }

    @Override
    public void close() {
        admin.close();
    }
}
