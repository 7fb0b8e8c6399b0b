package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.gateway.directory.RoomSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells all streams that carry rooms, by the game that they carry ("" for all), what has changed. Confined to the
 * directory's thread. Of each change one message is encoded for all streams of a game. A stream whose client reads too
 * slowly loses its updates, gets a snapshot when it has read on, and ends if it does not.
 */
@Singleton
public class RoomsFanOut implements DirectoryListener {
    private static final long SWEEP_MS = 1_000;

    private final DirectoryFollower follower;
    private final Directory directory;
    private final Vertx vertx;
    private final long slowMaxNanos;
    private final Map<String, List<RoomsReader>> readers = new HashMap<>();
    private final Map<String, EncodedRooms> snapshots = new HashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final Counter slow;
    private final Counter resynced;
    private final Counter deltas;
    private final Counter told;

    RoomsFanOut(
            DirectoryFollower follower,
            Directory directory,
            Vertx vertx,
            DirectoryConfig config,
            MeterRegistry meters) {
        this.follower = follower;
        this.directory = directory;
        this.vertx = vertx;
        this.slowMaxNanos = config.watcherSlowMax().toNanos();
        this.slow = meters.counter("gamehall.streams.slow", "kind", "rooms");
        this.resynced = meters.counter("gamehall.streams.resynced", "kind", "rooms");
        this.deltas = meters.counter("gamehall.directory.deltas");
        this.told = meters.counter("gamehall.directory.deltas.told");
        Gauge.builder("gamehall.directory.watchers", live, AtomicInteger::get)
                .description("Streams that carry rooms, be they watches or event streams")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
        vertx.setPeriodic(SWEEP_MS, ignored -> follower.execute(() -> sweep(System.nanoTime())));
    }

    /** Sends a stream everything, and then what changes, until it is no longer open. Any thread. */
    public void add(RoomsReader reader) {
        follower.execute(() -> {
            if (!reader.isOpen()) return;
            readers.computeIfAbsent(reader.game(), game -> new ArrayList<>()).add(reader);
            live.incrementAndGet();
            refresh(reader);
        });
    }

    @Override
    public void roomsChanged(long version, List<RoomSummary> changed) {
        snapshots.clear();
        readers.forEach((game, reading) -> {
            var rooms = game.isEmpty()
                    ? changed
                    : changed.stream().filter(room -> room.game().equals(game)).toList();
            if (rooms.isEmpty() || reading.isEmpty()) return;
            var update = new EncodedRooms(RoomMessages.update(version, false, rooms));
            deltas.increment();
            for (var reader : reading) {
                if (reader.stale) resync(reader);
                else send(reader, update);
            }
        });
    }

    private void send(RoomsReader reader, EncodedRooms update) {
        if (reader.offer(update)) {
            told.increment();
            return;
        }
        // It gets nothing more until it has read on, and then a snapshot.
        slow.increment();
        reader.stale = true;
        reader.staleSinceNanos = System.nanoTime();
    }

    private void resync(RoomsReader reader) {
        if (!reader.hasReadOn()) return;
        resynced.increment();
        refresh(reader);
    }

    private void refresh(RoomsReader reader) {
        // Nothing waits, so it is taken.
        reader.stale = !reader.offer(snapshots.computeIfAbsent(
                reader.game(),
                game -> new EncodedRooms(RoomMessages.update(directory.version(), true, directory.rooms(game)))));
    }

    /** On the directory's thread. */
    void sweep(long nowNanos) {
        int open = 0;
        for (var reading : readers.values()) {
            reading.stream().filter(reader -> reader.stale).forEach(this::resync);
            reading.stream()
                    .filter(reader -> reader.stale && nowNanos - reader.staleSinceNanos > slowMaxNanos)
                    .forEach(RoomsReader::cutOff);
            reading.removeIf(reader -> !reader.isOpen());
            open += reading.size();
        }
        readers.values().removeIf(List::isEmpty);
        live.set(open);
    }
}
