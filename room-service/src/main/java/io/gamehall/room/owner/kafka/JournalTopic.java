package io.gamehall.room.owner.kafka;

import io.gamehall.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * The settings of the journal's topic without which rooms would be lost or the truth could differ between two readers.
 * They are checked before anything is read or written; nothing is ever changed here.
 */
public final class JournalTopic {
    private static final Logger LOG = Logger.getLogger(JournalTopic.class);

    /**
     * A stale writer's record may hide the true one of its key until the owner has repaired it. Compaction must not
     * remove the true one before; an owner repairs within seconds, and a fail-over by hand takes minutes.
     */
    private static final Duration COMPACTION_LAG_MIN = Duration.ofMinutes(10);

    /** Tombstones must stand until the slowest reader has passed them, else it keeps players who left. */
    private static final Duration TOMBSTONES_MIN = Duration.ofHours(1);

    /** {@code hallctl prepare} may run at the same time as we start. */
    private static final Duration MISSING_MAX = Duration.ofSeconds(60);

    private static final Duration RETRY = Duration.ofMillis(200);

    private JournalTopic() {}

    /**
     * Returns when the topic is as it must be. Blocks while the brokers are away, and up to a minute while there is no
     * such topic.
     *
     * @param kafkaSettings of Kafka's clients: at least {@code bootstrap.servers}
     * @param topic the journal's full name
     * @throws IllegalStateException if the topic is missing or wrong: a sentence for each fault, that says how to
     *     mend it
     */
    public static void check(Map<String, Object> kafkaSettings, String topic) {
        check(kafkaSettings, topic, MISSING_MAX);
    }

    static void check(Map<String, Object> kafkaSettings, String topic, Duration missingMax) {
        var settings = new HashMap<>(kafkaSettings);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        try (var admin = Admin.create(settings)) {
            var faults = faults(admin, topic, missingMax);
            if (!faults.isEmpty()) throw new IllegalStateException(String.join(" ", faults));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the journal's topic was checked", interrupted);
        }
    }

    private static List<String> faults(Admin admin, String topic, Duration missingMax) throws InterruptedException {
        var missingUntil = Optional.<Long>empty();
        boolean told = false;
        while (true) {
            try {
                return faults(admin, topic);
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                    long until = missingUntil.orElse(System.nanoTime() + missingMax.toNanos());
                    missingUntil = Optional.of(until);
                    if (System.nanoTime() >= until) return List.of(missing(topic));
                } else if (!(failure.getCause() instanceof RetriableException)) {
                    throw new IllegalStateException(
                            "The settings of topic " + topic + " can't be read, which this service must be allowed to: "
                                    + failure.getCause().getMessage(),
                            failure);
                }
                if (!told)
                    LOG.warnf(
                            "Waits for topic %s: %s", topic, failure.getCause().getMessage());
                told = true;
                Thread.sleep(RETRY);
            }
        }
    }

    private static List<String> faults(Admin admin, String topic) throws InterruptedException, ExecutionException {
        var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
        int partitions = described.get(topic).partitions().size();
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        var faults = new ArrayList<String>();
        if (partitions != Topics.ROOM_PARTITIONS) {
            faults.add("Topic " + topic + " has " + partitions + " partitions, but rooms are spread over "
                    + Topics.ROOM_PARTITIONS + ", for ever: delete it if nothing of value is in it, or choose another"
                    + " cell name, and let `hallctl prepare` create it.");
        }
        value(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policy -> !policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT))
                .ifPresent(policy -> faults.add(fault(
                        topic,
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        policy,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        "else rooms are forgotten")));
        atLeast(topic, config, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, COMPACTION_LAG_MIN, "far above any fail-over")
                .ifPresent(faults::add);
        atLeast(topic, config, TopicConfig.DELETE_RETENTION_MS_CONFIG, TOMBSTONES_MIN, "so that readers see who left")
                .ifPresent(faults::add);
        value(config, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG)
                .filter("true"::equals)
                .ifPresent(unclean -> faults.add(fault(
                        topic,
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        unclean,
                        "false",
                        "else decisions that were answered are lost")));
        return faults;
    }

    private static Optional<String> atLeast(String topic, Config config, String name, Duration least, String reason) {
        return value(config, name)
                .filter(value -> Long.parseLong(value) < least.toMillis())
                .map(value -> fault(topic, name, value, least.toMillis() + " at least", reason));
    }

    /** Empty if the brokers don't report it. */
    private static Optional<String> value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(entry -> entry.value());
    }

    private static String missing(String topic) {
        return "There is no topic " + topic + ": let `hallctl prepare` create it.";
    }

    private static String fault(String topic, String name, String actual, String wanted, String reason) {
        return "Topic " + topic + " has " + name + "=" + actual + ", but must have " + wanted + ", " + reason
                + ": set it with `kafka-configs.sh --alter --entity-type topics --entity-name " + topic
                + " --add-config " + name + "=…` (`hallctl prepare` creates topics, it never changes existing ones).";
    }
}
