package io.gamehall.room.owner.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Who may claim which partition: a consumer group over the journal, of which only the membership is used. The group
 * coordinator is the failure detector, {@link PinnedAssignor} the balancer. One thread of its own; it reads no records.
 *
 * <p>What a member learns about the others it learns with heartbeats, so a move takes two of their intervals; a death
 * is noticed one session after the last heartbeat, and known to the survivors one interval later.
 */
public final class KafkaMembership implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaMembership.class);
    /** A decision that a heartbeat brought waits this long at most. */
    private static final Duration POLL = Duration.ofMillis(50);

    /** Between attempts that only an operator can make succeed. */
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(10);

    /** A membership whose callbacks take longer counts as dead: the others must not wait for it with their rebalance. */
    private static final Duration STUCK_MAX = Duration.ofSeconds(15);

    /** A rebalance asked for while another was under way may have come too late for it. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private static final int HEARTBEATS_PER_SESSION = 8;

    private final Map<String, Object> settings;
    private final String topic;
    private final Rights rights;
    private final Duration sessionTimeout;
    private final GroupView view = new GroupView();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private long askedNanos = System.nanoTime() - ASK_AGAIN.toNanos();
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile Optional<String> refusal = Optional.empty();

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
     * @param sessionTimeout without a heartbeat until this process counts as dead; the brokers must allow it
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
        this.sessionTimeout = sessionTimeout;
        this.settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        this.settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        this.settings.put(ConsumerConfig.CLIENT_ID_CONFIG, instance + "-membership");
        this.settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(PinnedAssignor.class));
        this.settings.put(PinnedAssignor.VIEW_CONFIG, view);
        this.settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
        this.settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) sessionTimeout.toMillis() / HEARTBEATS_PER_SESSION);
        this.settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) STUCK_MAX.toMillis());
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.thread = Thread.ofPlatform().name("room-membership").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * Wants a partition at an instance: now if it is a member, and otherwise as soon as it is one. Returns at once; the
     * partition moves as every other does, taken from one before it is given to the other. Holds for as long as the
     * group has members, and until the next wish for this partition, at whichever member.
     *
     * @throws IllegalArgumentException if there can't be such a partition or instance
     */
    public void pin(int partition, String instance) {
        view.wish(partition, Optional.of(instance));
    }

    /** The partition may be anywhere again. It stays where it is as long as that is fair. */
    public void unpin(int partition) {
        view.wish(partition, Optional.empty());
    }

    /** The instance of each pinned partition, as this member knows. */
    public Map<Integer, String> pins() {
        return view.pins().instances();
    }

    /**
     * The instances in the group, this one too, as of the latest assignment that reached this member; none before the
     * first. Who died is among them until its session has timed out.
     */
    public Set<String> members() {
        return view.members();
    }

    /** Why the brokers don't let this process into the group, for an operator. Empty once they do. */
    public Optional<String> refusal() {
        return refusal;
    }

    /** Leaves the group's polling; the partitions are kept for this instance until the session times out. */
    @Override
    public void close() {
        closed.set(true);
        var open = consumer;
        if (open != null) open.wakeup();
        if (!thread.isAlive()) return;
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
            } catch (InvalidSessionTimeoutException refused) {
                refuse();
            } catch (RuntimeException failure) {
                // For example fenced by a newer process of the same instance name.
                LOG.error("The group membership failed, joining again", failure);
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private void refuse() {
        var reason = "The brokers refuse a session timeout of " + sessionTimeout.toMillis()
                + " ms (gamehall.rooms.session-timeout): set group.min.session.timeout.ms of the brokers to at most that,"
                + " and group.max.session.timeout.ms to at least that";
        refusal = Optional.of(reason);
        LOG.error(reason);
        var until = System.nanoTime() + REFUSED_PAUSE.toNanos();
        while (!closed.get() && System.nanoTime() < until) LockSupport.parkNanos(POLL.toNanos());
    }

    private void poll(KafkaConsumer<byte[], byte[]> opened) {
        try {
            if (view.hasUntoldPins() && System.nanoTime() - askedNanos > ASK_AGAIN.toNanos()) {
                askedNanos = System.nanoTime();
                opened.enforceRebalance("a partition was pinned or unpinned");
            }
            opened.poll(POLL);
        } catch (RetriableException passing) {
            LOG.debug("The group coordinator does not answer", passing);
        }
    }

    private ConsumerRebalanceListener listener(KafkaConsumer<byte[], byte[]> opened) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                refusal = Optional.empty();
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
