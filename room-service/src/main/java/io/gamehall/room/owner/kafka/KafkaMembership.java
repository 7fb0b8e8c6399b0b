package io.gamehall.room.owner.kafka;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Who may claim which partition: a consumer group over the journal, of which only the membership is used. The group
 * coordinator is the failure detector and the balancer. One thread of its own; it reads no records.
 */
// Kafka makes the assignor by its class name, which a native image has to know.
@RegisterForReflection(targets = CooperativeStickyAssignor.class)
public final class KafkaMembership implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaMembership.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;
    private final String topic;
    private final Rights rights;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /** Told about the rights to claim, on the membership's thread, which may be held up for a few seconds. */
    public interface Rights {
        void given(Collection<Integer> partitions);

        /** They go to another process once this returns. */
        void taken(Collection<Integer> partitions);

        /** They are gone already. */
        void lost(Collection<Integer> partitions);
    }

    /**
     * @param settings of Kafka's clients: at least {@code bootstrap.servers}
     * @param instance a restarted process of the same name gets its partitions back without a rebalance
     */
    public KafkaMembership(
            Map<String, Object> settings,
            String topic,
            String group,
            String instance,
            Duration sessionTimeout,
            Rights rights) {
        this.settings = new HashMap<>(settings);
        this.topic = topic;
        this.rights = rights;
        this.settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        this.settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        this.settings.put(ConsumerConfig.CLIENT_ID_CONFIG, instance + "-membership");
        this.settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class));
        this.settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
        this.settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) sessionTimeout.toMillis() / 4);
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.thread = Thread.ofPlatform().name("room-membership").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Leaves the group's polling; the partitions are kept for this instance until the session times out. */
    @Override
    public void close() {
        closed.set(true);
        var open = consumer;
        if (open != null) open.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed.get()) {
            try (var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                opened.subscribe(List.of(topic), listener(opened));
                while (!closed.get()) poll(opened);
            } catch (WakeupException | InterruptException stop) {
                if (!closed.get()) LOG.warn("The group membership was interrupted, joining again", stop);
            } catch (RuntimeException failure) {
                // For example fenced by a newer process of the same instance name.
                LOG.error("The group membership failed, joining again", failure);
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private void poll(KafkaConsumer<byte[], byte[]> opened) {
        try {
            opened.poll(POLL);
        } catch (RetriableException passing) {
            LOG.debug("The group coordinator does not answer", passing);
        }
    }

    private ConsumerRebalanceListener listener(KafkaConsumer<byte[], byte[]> opened) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                opened.pause(opened.assignment());
                rights.given(numbers(partitions));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                rights.taken(numbers(partitions));
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                LOG.warnf("Lost the right to %d partitions", partitions.size());
                rights.lost(numbers(partitions));
            }
        };
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
}
