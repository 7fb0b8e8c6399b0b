package io.gamehall.room.owner.kafka;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.gamehall.room.journal.Positioned;
import io.gamehall.room.journal.kafka.JournalFollower;
import io.gamehall.room.owner.ChatLine;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.Ownership;
import io.gamehall.room.owner.Partitions;
import io.gamehall.room.owner.RoomsConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The partitions of this process on Kafka: follows the journal, joins the group once it has caught up (so that taking
 * over costs a claim and no restore), and lets go in order when the process stops.
 */
@ApplicationScoped
public class KafkaRooms {
    private static final Logger LOG = Logger.getLogger(KafkaRooms.class);
    /** A process that stops waits that long for its successors at most. */
    private static final Duration HAND_OVER_MAX = Duration.ofSeconds(3);
    /** Before another process is asked to take a partition over. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(1_200);
    /** How long callers who come late are told where to go. */
    private static final Duration REDIRECT = Duration.ofMillis(500);

    /** Longer than an owner's: a passing hiccup must not take the process out of service. */
    private static final Duration IN_TOUCH_MAX = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(2);

    private final Partitions partitions;
    private final JournalFollower follower;
    private final KafkaMembership membership;
    private final KafkaJournal journal;
    private final KafkaGameResults results;
    private final KafkaRoomChat chat;
    private final KafkaPlayerNotices notices;
    private final String instance;
    private final Map<String, Object> kafka;
    private final String topic;
    private volatile boolean caughtUp;
    private volatile long upToDateNanos;
    private volatile boolean stopping;

    public KafkaRooms(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Vertx vertx,
            MeterRegistry metrics,
            Cell cell,
            RoomsConfig config) {
        this.kafka = kafka;
        topic = Topics.name(cell.name(), Topics.ROOM_JOURNAL);
        var loops = new EventLoops(vertx, Topics.ROOM_PARTITIONS);
        follower = new JournalFollower(kafka, topic, Topics.ROOM_PARTITIONS, new Applying());
        journal = new KafkaJournal(kafka, topic, loops, new StepDown());
        results = new KafkaGameResults(kafka, Topics.name(cell.name(), Topics.GAME_RESULTS), cell.name(), loops);
        chat = new KafkaRoomChat(kafka, Topics.name(cell.name(), Topics.ROOM_CHAT), loops, new Hearing());
        notices = new KafkaPlayerNotices(kafka, Topics.name(cell.name(), Topics.PLAYER_NOTICES), loops);
        partitions = new Partitions(loops, metrics, config, journal, results, chat, notices);
        instance = config.instance();
        membership = new KafkaMembership(
                kafka,
                topic,
                Topics.name(cell.name(), "room-owners"),
                config.instance(),
                config.sessionTimeout(),
                new Rights());
    }

    @Produces
    @Singleton
    Partitions partitions() {
        return partitions;
    }

    @Produces
    @Singleton
    Ownership ownership() {
        return new Owned();
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().start(this::follow);
        Thread.ofVirtual().start(journal::warmUp);
        Thread.ofVirtual().start(results::warmUp);
        Thread.ofVirtual().start(chat::warmUp);
        Thread.ofVirtual().start(notices::warmUp);
    }

    /** Nothing is decided on a journal that would lose what it is told. */
    private void follow() {
        try {
            JournalTopic.check(kafka, topic);
        } catch (IllegalStateException wrong) {
            LOG.fatal(wrong.getMessage());
            Quarkus.asyncExit(1);
            return;
        }
        follower.start();
        chat.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        partitions.leave();
        handOver();
        partitions.stop().join();
        membership.close();
        follower.close();
        journal.close();
        results.close();
        chat.close();
        notices.close();
    }

    /** Lets others take over what this process owns, and tells callers where to go; at most a few seconds. */
    private void handOver() {
        var others = ownership().instances().stream()
                .filter(it -> !it.equals(instance))
                .toList();
        long begin = System.nanoTime();
        long asked = begin - ASK_AGAIN.toNanos();
        for (int round = 0; System.nanoTime() - begin < HAND_OVER_MAX.toNanos(); ) {
            partitions.look().join();
            var owned = partitions.owned();
            if (owned.isEmpty() || others.isEmpty() && partitions.isSettled()) break;
            if (!others.isEmpty() && System.nanoTime() - asked >= ASK_AGAIN.toNanos()) {
                // Whoever is asked and does not claim is leaving, too: the whole cell may be stopping.
                if (round >= others.size()) break;
                asked = System.nanoTime();
                int shift = round++;
                LOG.infof("Hands over partitions %s to %s", owned, others);
                owned.forEach(
                        partition -> partitions.handOver(partition, others.get((partition + shift) % others.size())));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        if (!others.isEmpty()) {
            LOG.infof("Handed over after %d ms", (System.nanoTime() - begin) / 1_000_000);
            LockSupport.parkNanos(REDIRECT.toNanos());
        }
    }

    /** Whether this process has read the journal and is in touch with it. */
    boolean isReady() {
        return caughtUp
                && !stopping
                && System.nanoTime() - upToDateNanos < IN_TOUCH_MAX.toNanos()
                && membership.refusal().isEmpty();
    }

    private final class Applying implements JournalFollower.Reader {
        /** Batches handed to the event loops and not applied yet at most: bounds the memory of a restore. */
        private final Semaphore batches = new Semaphore(128);

        @Override
        public void read(int partition, List<Positioned> records, long nextOffset) {
            batches.acquireUninterruptibly();
            partitions.read(partition, records, nextOffset).whenComplete((applied, failure) -> batches.release());
        }

        @Override
        public boolean wantsUpToDate() {
            return true;
        }

        @Override
        public void upToDate(long asOfNanos) {
            upToDateNanos = asOfNanos;
            partitions.upToDate(asOfNanos);
        }

        @Override
        public void caughtUp() {
            LOG.info("Caught up with the journal, joining the owners");
            partitions.caughtUp();
            caughtUp = true;
            membership.start();
        }
    }

    private final class StepDown implements Runnable {
        @Override
        public void run() {
            partitions.journalFailed();
        }
    }

    private final class Rights implements KafkaMembership.Rights {
        @Override
        public void given(Collection<Integer> some) {
            if (!some.isEmpty()) LOG.infof("May claim partitions %s", some);
            partitions.assigned(some);
        }

        @Override
        public void taken(Collection<Integer> some) {
            if (!some.isEmpty()) LOG.infof("Partitions %s are to move to other processes", some);
            partitions.revoked(some);
        }

        @Override
        public void lost(Collection<Integer> some) {
            partitions.revoked(some);
        }
    }

    private final class Hearing implements Consumer<ChatLine> {
        @Override
        public void accept(ChatLine line) {
            partitions.heard(line);
        }
    }

    private final class Owned implements Ownership {
        @Override
        public void move(int partition, String to) {
            membership.pin(partition, to);
            partitions.handOver(partition, to);
        }

        @Override
        public List<String> instances() {
            return membership.members().stream().sorted().toList();
        }
    }
}
