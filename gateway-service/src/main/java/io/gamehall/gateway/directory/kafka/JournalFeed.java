package io.gamehall.gateway.directory.kafka;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.platform.Cell;
import io.gamehall.room.journal.Positioned;
import io.gamehall.room.journal.kafka.JournalFollower;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Brings the journal to the directory's thread: all partitions, from their beginning. Reading waits while too many
 * batches are on their way. Ready once everything that stood in the journal at the start has been applied.
 */
@Singleton
@Readiness
class JournalFeed implements JournalFollower.Reader, HealthCheck {
    private final DirectoryFollower directoryFollower;
    private final Directory directory;
    private final Semaphore onTheirWay;
    private final JournalFollower follower;
    /** When each batch that is not applied yet was read, the oldest first, by {@link System#nanoTime()}. */
    private final Queue<Long> readTimes = new ConcurrentLinkedQueue<>();

    private final AtomicLong unapplied = new AtomicLong();
    private final Timer delay;

    JournalFeed(
            DirectoryFollower directoryFollower,
            Directory directory,
            DirectoryConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Cell cell,
            MeterRegistry meters) {
        this.directoryFollower = directoryFollower;
        this.directory = directory;
        this.onTheirWay = new Semaphore(config.batchesMax());
        this.follower = new JournalFollower(
                settings(kafka), Topics.name(cell.name(), Topics.ROOM_JOURNAL), Topics.ROOM_PARTITIONS, this);
        Gauge.builder("gamehall.directory.lag", this, JournalFeed::lagSeconds)
                .baseUnit("seconds")
                .description("How long the oldest batch that was read, and is not applied yet, has been waiting")
                .register(meters);
        Gauge.builder("gamehall.directory.behind", this, JournalFeed::recordsBehind)
                .baseUnit("records")
                .description("Records that stand in the journal and are not applied yet")
                .register(meters);
        this.delay = Timer.builder("gamehall.directory.delay")
                .description("From the writing of a record to the directory that shows it, by the writer's clock")
                .register(meters);
        Gauge.builder("gamehall.directory.poll.age", this, JournalFeed::pollAgeSeconds)
                .baseUnit("seconds")
                .description("How long ago the journal was polled last")
                .register(meters);
        Gauge.builder("gamehall.directory.rooms", directory, Directory::roomCount)
                .description("Rooms in the directory")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent ended) {
        follower.close();
    }

    @Override
    public void read(int partition, List<Positioned> records, long nextOffset) {
        // Before it waits for its turn: that is a part of the lag.
        readTimes.add(System.nanoTime());
        long writtenAtMs = follower.writtenAtMs();
        onTheirWay.acquireUninterruptibly();
        unapplied.addAndGet(records.size());
        directoryFollower.execute(() -> {
            try {
                for (var record : records) directoryFollower.read(partition, record.offset(), record.record());
                directoryFollower.publish();
                // What stood there before the start says nothing.
                if (directory.isCaughtUp()) delay.record(System.currentTimeMillis() - writtenAtMs, MILLISECONDS);
            } finally {
                readTimes.remove();
                unapplied.addAndGet(-records.size());
                onTheirWay.release();
            }
        });
    }

    @Override
    public void caughtUp() {
        directoryFollower.execute(directoryFollower::caughtUp);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("directory")
                .status(directory.isCaughtUp())
                .withData("rooms", directory.roomCount())
                .build();
    }

    private double lagSeconds() {
        var oldest = readTimes.peek();
        return oldest == null ? 0 : seconds(System.nanoTime() - oldest);
    }

    private double recordsBehind() {
        return (double) follower.recordsBehind() + unapplied.get();
    }

    private double pollAgeSeconds() {
        return seconds(System.nanoTime() - follower.lastPollNanos());
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put("client.id", "gateway-directory");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("auto.offset.reset", "earliest");
        return settings;
    }
}
