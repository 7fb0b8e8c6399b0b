package io.gamehall.hallctl.prepare;

import io.gamehall.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The Kafka topics of a cell: makes those that are missing and refuses those that differ. Of an existing topic it changes
 * one thing only, and only upwards: how large a record may be, which loses nothing. A room's place follows from the number
 * of partitions, and the journal's truth from its compaction settings.
 *
 * @param bootstrapServers {@code host:port,…}
 */
public record Topology(String bootstrapServers) {
    private static final int TIMEOUT_MS = 30_000;

    /** An existing topic is not as the contract demands. */
    public static final class TopicMismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TopicMismatch(String message) {
            super(message);
        }
    }

    /**
     * Makes the cell's topics. May run any number of times, also at the same time elsewhere.
     *
     * @throws TopicMismatch if one exists with other partitions or settings
     */
    public void prepare(String cell) throws InterruptedException, ExecutionException {
        var topics = Topics.of(cell);
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2))) {
            create(admin, topics);
            for (var topic : topics) {
                check(admin, topic);
            }
        }
    }

    private static void create(Admin admin, List<Topics.Topic> topics) throws InterruptedException, ExecutionException {
        var existing = admin.listTopics().names().get();
        var missing = topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                // The number of replicas is the cluster's own default: 1 on a laptop, 3 in production.
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()))
                .toList();
        for (var result : admin.createTopics(missing).values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void check(Admin admin, Topics.Topic topic) throws InterruptedException, ExecutionException {
        int partitions = describe(admin, topic.name()).partitions().size();
        if (partitions != topic.partitions()) {
            throw new TopicMismatch("Topic " + topic.name() + " has " + partitions + " partitions, but must have "
                    + topic.partitions() + ". Partitions cannot be changed without losing the order of its keys:"
                    + " move its data to a new topic, or use another cell name.");
        }
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var actual = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        for (var wanted : new TreeMap<>(topic.settings()).entrySet()) {
            var value = actual.get(wanted.getKey()).value();
            if (isRaised(wanted, value)) {
                var raised = new AlterConfigOp(
                        new ConfigEntry(wanted.getKey(), wanted.getValue()), AlterConfigOp.OpType.SET);
                admin.incrementalAlterConfigs(Map.of(resource, List.of(raised)))
                        .all()
                        .get();
            } else if (!wanted.getValue().equals(value)) {
                throw new TopicMismatch("Topic " + topic.name() + " has " + wanted.getKey() + "=" + value
                        + ", but must have " + wanted.getValue()
                        + ". Set it with kafka-configs, or find out who changed it.");
            }
        }
    }

    /** Earlier versions were content with smaller records. */
    private static boolean isRaised(Map.Entry<String, String> wanted, String value) {
        return wanted.getKey().equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                && Integer.parseInt(wanted.getValue()) > Integer.parseInt(value);
    }

    /** A topic just made is known to the broker a moment later. */
    private static TopicDescription describe(Admin admin, String name) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
        while (true) {
            try {
                return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
