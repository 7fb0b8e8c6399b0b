package io.gamehall.room.owner.kafka;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.gamehall.room.journal.Positioned;
import io.gamehall.room.journal.kafka.JournalFollower;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.Partitions;
import io.gamehall.room.owner.RoomsConfig;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.jboss.logging.Logger;

/**
 * The partitions of this process on Kafka: follows the journal, joins the group once it has caught up (so that taking
 * over costs a claim and no restore), and lets go in order when the process stops.
 */
@ApplicationScoped
public class KafkaRooms {
    private static final Logger LOG = Logger.getLogger(KafkaRooms.class);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Partitions partitions;
    private final JournalFollower follower;
    private final KafkaMembership membership;
    private final KafkaJournal journal;
    private final KafkaGameResults results;
    private volatile boolean caughtUp;
    private volatile boolean stopping;

    public KafkaRooms(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Vertx vertx,
            MeterRegistry metrics,
            Cell cell,
            RoomsConfig config) {
        var topic = Topics.name(cell.name(), Topics.ROOM_JOURNAL);
        var loops = new EventLoops(vertx, Topics.ROOM_PARTITIONS);
        follower = new JournalFollower(kafka, topic, Topics.ROOM_PARTITIONS, new Applying());
        journal = new KafkaJournal(kafka, topic, loops, follower::lastPollNanos, new StepDown());
        results = new KafkaGameResults(kafka, Topics.name(cell.name(), Topics.GAME_RESULTS), cell.name(), loops);
        partitions = new Partitions(loops, metrics, config, journal, results);
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

    void start(@Observes StartupEvent started) {
        follower.start();
        Thread.ofVirtual().start(journal::warmUp);
        Thread.ofVirtual().start(results::warmUp);
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        membership.close();
        follower.close();
        journal.close();
        results.close();
    }

    /** Whether this process has read the journal and is in touch with it. */
    boolean isReady() {
        return caughtUp && !stopping && journal.isFresh();
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
        public void caughtUp() {
            LOG.info("Caught up with the journal, joining the owners");
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
            if (!some.isEmpty()) LOG.infof("Hands over partitions %s", some);
            partitions.revoked(some, SETTLE);
        }

        @Override
        public void lost(Collection<Integer> some) {
            partitions.revoked(some, Duration.ZERO);
        }
    }
}
