package io.gamehall.gateway.directory;

import io.gamehall.contracts.Topics;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.PlayerWaits;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Table;
import io.gamehall.room.journal.JournalPartitions;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.PartitionReplica;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Applies the journal to the directory and tells the listeners. All of its state is confined to one thread, the
 * directory's, on which {@link #execute} runs whatever must be in step with it: what is read there is complete, and
 * what changes afterwards is told to the listeners.
 */
@Singleton
public class DirectoryFollower {
    private static final Logger LOG = Logger.getLogger(DirectoryFollower.class);

    private final Directory directory;
    private final long intervalNanos;
    private final PartitionReplica[] replicas =
            Stream.generate(PartitionReplica::new).limit(Topics.ROOM_PARTITIONS).toArray(PartitionReplica[]::new);
    /** Of the next record of each partition. */
    private final long[] offsets = new long[Topics.ROOM_PARTITIONS];

    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private final TreeSet<RoomId> touched = new TreeSet<>();
    private final TreeMap<RoomId, RoomSummary> untold = new TreeMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("directory").daemon().factory());

    DirectoryFollower(Directory directory, DirectoryConfig config) {
        this.directory = directory;
        this.intervalNanos = config.interval().toNanos();
        thread.scheduleWithFixedDelay(guarded(this::tell), intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    /** Tells a listener of everything that happens from now on. */
    public void listen(DirectoryListener listener) {
        listeners.add(listener);
    }

    /** Runs a task on the directory's thread; not when the process is shutting down. */
    public void execute(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The directory has stopped");
        }
    }

    /** A table. On the directory's thread only. */
    public Optional<Table> table(RoomId id, int number) {
        return room(id).filter(room -> room.hasTable(number)).map(room -> room.table(number));
    }

    /** A room with its tables. On the directory's thread only, and read only. */
    public Optional<Room> room(RoomId id) {
        return replicas[partition(id)].state().room(id);
    }

    /** Where the journal of a room was read to: only grows, and is the same wherever it is read. On the directory's thread only. */
    public long version(RoomId id) {
        return offsets[partition(id)];
    }

    /** Takes the next record of a partition. On the directory's thread only. */
    public void read(int partition, long offset, JournalRecord record) {
        var replica = replicas[partition];
        offsets[partition] = offset + 1;
        var before = tableBefore(replica, record);
        switch (replica.read(offset, record)) {
            case PartitionReplica.Reading.Applied(var event) -> applied(event, before);
            case PartitionReplica.Reading.NewOwner(var claim, var term) -> {
                LOG.debugf("Partition %d: term %d of %s", partition, term, claim.instance());
                directory.put(partition, claim.endpoint());
            }
            case PartitionReplica.Reading.Dropped(var key, var why) ->
                LOG.debugf("Partition %d: '%s' is not believed: %s", partition, key, why);
            // A compacted log may hold no other claim of its term. Only who won the term repeats a claim.
            case PartitionReplica.Reading.ClaimRepeated(var claim) -> directory.put(partition, claim.endpoint());
        }
    }

    /** Shows what has been read. On the directory's thread only. */
    public void publish() {
        for (var id : touched) {
            room(id).map(RoomSummary::of).filter(directory::put).ifPresent(room -> untold.put(id, room));
        }
        touched.clear();
    }

    /** Everything that stood in the journal at the start has been read. On the directory's thread only. */
    public void caughtUp() {
        publish();
        directory.becomeCaughtUp();
        LOG.infof("The directory is complete: %d rooms", directory.roomCount());
    }

    private void applied(RoomEvent event, Optional<Table> before) {
        touched.add(event.room());
        switch (event) {
            case MemberChanged changed -> {
                for (var listener : listeners) listener.entered(changed.room(), changed.player());
                directory.entered(changed.player(), changed.room());
            }
            case PlayerWaits waits -> {
                for (var listener : listeners) listener.left(waits.room(), waits.player());
                directory.waits(waits.player(), waits.room());
            }
            case MemberLeft left -> {
                for (var listener : listeners) listener.left(left.room(), left.player());
                directory.left(left.player(), left.room());
            }
            case TableChanged changed -> tableChanged(changed, before);
            case RoomChanged _ -> {}
        }
    }

    private void tableChanged(TableChanged changed, Optional<Table> before) {
        // Without a table before there is no room yet, hence nobody to tell.
        if (before.isEmpty() || before.get().equals(changed.table())) return;
        for (var listener : listeners) {
            listener.tableChanged(changed.room(), changed.number(), before.get(), changed.table());
        }
    }

    private static Optional<Table> tableBefore(PartitionReplica replica, JournalRecord record) {
        return record.content() instanceof JournalRecord.Content.Happened(TableChanged changed)
                ? replica.state()
                        .room(changed.room())
                        .filter(room -> room.hasTable(changed.number()))
                        .map(room -> room.table(changed.number()))
                : Optional.empty();
    }

    private void tell() {
        var changed = List.copyOf(untold.values());
        untold.clear();
        for (var listener : listeners) {
            if (!changed.isEmpty()) listener.roomsChanged(directory.version(), changed);
            listener.intervalOver();
        }
    }

    private static int partition(RoomId id) {
        return JournalPartitions.of(id, Topics.ROOM_PARTITIONS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                LOG.error("The directory failed in one step", bug);
            }
        };
    }
}
