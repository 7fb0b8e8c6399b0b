package io.gamehall.hallctl.accounts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far reward-service has come with a cell's facts, by what its consumer groups have committed. */
final class Pipelines implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Admin admin;
    private final String groups;

    Pipelines(String bootstrapServers, String cell) {
        var settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        admin = Admin.create(settings);
        groups = cell + ".rewards";
    }

    /**
     * Waits until all facts that stand in Kafka now are booked. Facts of others that come meanwhile are not waited for.
     *
     * @throws IllegalStateException if that takes longer than the patience
     */
    void awaitBooked(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        try {
            var due = ends();
            while (!booked(due)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("reward-service has not booked the facts in Kafka within "
                            + patience.toSeconds() + " s: is it running?");
                }
                Thread.sleep(POLL);
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "Kafka does not say how far reward-service is: " + failed.getCause(), failed);
        }
    }

    /** By group, where the partitions that it reads end; of empty ones nothing is due. */
    private Map<String, Map<TopicPartition, Long>> ends() throws ExecutionException, InterruptedException {
        var due = new HashMap<String, Map<TopicPartition, Long>>();
        for (var group : admin.listConsumerGroups().all().get()) {
            if (group.groupId().startsWith(groups)) due.put(group.groupId(), ends(group));
        }
        return due;
    }

    private Map<TopicPartition, Long> ends(ConsumerGroupListing group) throws ExecutionException, InterruptedException {
        var read = committed(group.groupId()).keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .toList();
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : admin.describeTopics(read).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        ends.values().removeIf(end -> end == 0);
        return ends;
    }

    private boolean booked(Map<String, Map<TopicPartition, Long>> due) throws ExecutionException, InterruptedException {
        for (var group : due.entrySet()) {
            var committed = committed(group.getKey());
            for (var end : group.getValue().entrySet()) {
                if (committed.getOrDefault(end.getKey(), 0L) < end.getValue()) return false;
            }
        }
        return true;
    }

    private Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        var offsets = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) offsets.put(partition, offset.offset());
                });
        return offsets;
    }

    @Override
    public void close() {
        admin.close();
    }
}
