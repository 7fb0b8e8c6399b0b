package io.gamehall.room.owner;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import io.gamehall.room.journal.Positioned;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** All partitions of the region, each on an event loop of its own choice for ever. Any thread may call. */
public final class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);
    private static final long TICK_MS = 200;

    private final EventLoops loops;
    private final List<Desk> desks = new ArrayList<>();
    private final Timer decided;

    /** A partition, and what of it may be seen from other threads. */
    private static final class Desk {
        final PartitionOwner owner;
        volatile PartitionOwner.Status status = new PartitionOwner.Status(0, false, 0, 0, 0);

        Desk(PartitionOwner owner) {
            this.owner = owner;
        }
    }

    public Partitions(
            EventLoops loops, MeterRegistry metrics, RoomsConfig config, Journal journal, GameResults results) {
        this.loops = loops;
        this.decided = Timer.builder("gamehall.rooms.command")
                .description("From a command's arrival to its reply, read back from the journal")
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
        for (int number = 0; number < loops.partitions(); number++) {
            var desk = new Desk(owner(number, config, journal, results, loops.partitions()));
            desks.add(desk);
            loops.every(TICK_MS, number, () -> tick(desk));
            gauge(metrics, "gamehall.rooms.term", number, desk, PartitionOwner.Status::term);
            gauge(metrics, "gamehall.rooms.owned", number, desk, status -> status.owned() ? 1 : 0);
            gauge(metrics, "gamehall.rooms.members", number, desk, PartitionOwner.Status::members);
            gauge(metrics, "gamehall.rooms.parked", number, desk, PartitionOwner.Status::parked);
            gauge(metrics, "gamehall.rooms.stale.records", number, desk, PartitionOwner.Status::stale);
        }
    }

    private static PartitionOwner owner(
            int number, RoomsConfig config, Journal journal, GameResults results, int partitions) {
        var settings = new PartitionOwner.Settings(
                config.instance(),
                config.endpoint(),
                () -> UUID.randomUUID().toString(),
                RoomList.of(config, number, partitions),
                config.parkedMax(),
                config.answersMax());
        return new PartitionOwner(number, journal, results, settings, System::currentTimeMillis);
    }

    /** Decides a command about a room, where its partition is owned here. */
    public Uni<Decision> submit(RoomId room, RoomCommand command, String requestId) {
        return submit(JournalPartitions.of(room, desks.size()), command, requestId);
    }

    /**
     * Decides a command in a partition.
     *
     * @return the decision, on the caller's context, once it is true; or a {@link Refusal}
     */
    public Uni<Decision> submit(int partition, RoomCommand command, String requestId) {
        if (partition < 0 || partition >= desks.size()) {
            return Uni.createFrom()
                    .failure(new Refusal(Reason.REQUEST_INVALID, "There are " + desks.size() + " partitions"));
        }
        var desk = desks.get(partition);
        var caller = loops.caller();
        long arrived = System.nanoTime();
        return Uni.createFrom()
                .<Decision>emitter(reply -> loops.run(
                        partition,
                        () -> guarded(desk, () -> desk.owner
                                .submit(command, requestId)
                                .whenComplete((decision, failure) -> caller.runOnContext(back -> {
                                    decided.record(System.nanoTime() - arrived, TimeUnit.NANOSECONDS);
                                    if (failure == null) reply.complete(decision);
                                    else reply.fail(failure);
                                })))));
    }

    /** Hands records of the journal over; completes when they are applied. */
    public CompletableFuture<Void> read(int partition, List<Positioned> records, long nextOffset) {
        return on(partition, owner -> {
            for (var positioned : records) owner.read(positioned.offset(), positioned.record());
            owner.readUpTo(nextOffset);
        });
    }

    /** The group gave this process the right to claim partitions. */
    public void assigned(Collection<Integer> partitions) {
        partitions.forEach(partition -> on(partition, PartitionOwner::assigned));
    }

    /** Lets go of partitions; waits a bounded time until what is in flight there is settled. */
    public void revoked(Collection<Integer> partitions, Duration settle) {
        partitions.forEach(partition -> on(partition, PartitionOwner::drain));
        long deadline = System.nanoTime() + settle.toNanos();
        for (var partition : partitions) {
            while (!isSettled(partition) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            on(partition, PartitionOwner::revoked);
        }
    }

    /** An append failed: every owner steps down and claims anew. */
    public void journalFailed() {
        for (int partition = 0; partition < desks.size(); partition++) on(partition, PartitionOwner::journalFailed);
    }

    /** Partitions that this process owns. */
    public int owned() {
        return (int) desks.stream().filter(desk -> desk.status.owned()).count();
    }

    private boolean isSettled(int partition) {
        var settled = new CompletableFuture<Boolean>();
        on(partition, owner -> settled.complete(owner.isSettled()));
        try {
            return settled.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException busy) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private CompletableFuture<Void> on(int partition, Consumer<PartitionOwner> turn) {
        var desk = desks.get(partition);
        var done = new CompletableFuture<Void>();
        loops.run(partition, () -> {
            guarded(desk, () -> turn.accept(desk.owner));
            done.complete(null);
        });
        return done;
    }

    private void tick(Desk desk) {
        guarded(desk, desk.owner::tick);
        desk.status = desk.owner.status();
    }

    /** A partition that hits a bug stops deciding and starts again from what the journal says. */
    private static void guarded(Desk desk, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException bug) {
            LOG.fatal("A partition hit a bug and steps down", bug);
            desk.owner.journalFailed();
        }
    }

    private static void gauge(
            MeterRegistry metrics, String name, int partition, Desk desk, ToDoubleFunction<PartitionOwner.Status> of) {
        Gauge.builder(name, desk, it -> of.applyAsDouble(it.status))
                .tag("partition", Integer.toString(partition))
                .register(metrics);
    }
}
