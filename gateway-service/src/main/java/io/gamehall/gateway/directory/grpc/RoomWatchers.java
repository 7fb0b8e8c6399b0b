package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.outbound.grpc.BoundedStream;
import io.gamehall.gateway.session.NewerSession;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.v1.RoomsUpdate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everyone who watches rooms, by the game they watch ("" for all). Confined to the directory's thread. Of each change
 * one message is built for all watchers of a game. A watcher that reads too slowly loses its updates and gets a
 * snapshot when there is room again.
 */
@Singleton
class RoomWatchers implements DirectoryListener {
    private static final long SWEEP_MS = 1_000;
    private static final long SWEEPS_PER_RECHECK = 15;

    private final DirectoryFollower follower;
    private final Directory directory;
    private final Sessions sessions;
    private final Vertx vertx;
    private final Map<String, Set<Watcher>> watchers = new HashMap<>();
    private final Map<Long, Set<Watcher>> byPlayer = new HashMap<>();
    private final Map<String, RoomsUpdate> snapshots = new HashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final Counter slow;
    private long sweeps;

    /** One watcher. */
    static final class Watcher {
        final Ticket ticket;
        final String game;
        final BoundedStream<RoomsUpdate, RoomsUpdate> stream;
        boolean stale = true;

        Watcher(Ticket ticket, String game, BoundedStream<RoomsUpdate, RoomsUpdate> stream) {
            this.ticket = ticket;
            this.game = game;
            this.stream = stream;
        }
    }

    RoomWatchers(
            DirectoryFollower follower, Directory directory, Sessions sessions, Vertx vertx, MeterRegistry meters) {
        this.follower = follower;
        this.directory = directory;
        this.sessions = sessions;
        this.vertx = vertx;
        this.slow = meters.counter("gamehall.streams.slow", "kind", "rooms");
        Gauge.builder("gamehall.streams", live, AtomicInteger::get)
                .tag("kind", "rooms")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
        vertx.setPeriodic(SWEEP_MS, ignored -> follower.execute(this::sweep));
    }

    void drain(@Observes Draining stopping) {
        follower.execute(() -> all().forEach(watcher -> {
            if (watcher.stream.end(Optional.empty())) remove(watcher);
        }));
    }

    void displaced(@Observes NewerSession newer) {
        follower.execute(() -> List.copyOf(byPlayer.getOrDefault(newer.player(), Set.of())).stream()
                .filter(watcher -> watcher.ticket.generation() < newer.generation())
                .forEach(this::displace));
    }

    /** Adds a watcher and sends it everything. Any thread. */
    void add(Watcher watcher) {
        follower.execute(() -> {
            // The client may have gone while its session was looked up.
            if (!watcher.stream.isOpen()) return;
            if (sessions.isDisplaced(watcher.ticket)) {
                displace(watcher);
                return;
            }
            watchers.computeIfAbsent(watcher.game, game -> new HashSet<>()).add(watcher);
            byPlayer.computeIfAbsent(watcher.ticket.player(), player -> new HashSet<>())
                    .add(watcher);
            live.incrementAndGet();
            refresh(watcher);
        });
    }

    /** A watcher has gone. Any thread. */
    void gone(Watcher watcher) {
        follower.execute(() -> remove(watcher));
    }

    @Override
    public void roomsChanged(long version, List<RoomSummary> changed) {
        snapshots.clear();
        watchers.forEach((game, watching) -> {
            var rooms = game.isEmpty()
                    ? changed
                    : changed.stream().filter(room -> room.game().equals(game)).toList();
            if (rooms.isEmpty() || watching.isEmpty()) return;
            var update = RoomMessages.update(version, false, rooms);
            for (var watcher : watching) {
                if (watcher.stale) refresh(watcher);
                else send(watcher, update);
            }
        });
    }

    private void send(Watcher watcher, RoomsUpdate update) {
        if (watcher.stream.offer(update)) return;
        // It gets nothing more until its queue has been written, and then a snapshot.
        slow.increment();
        watcher.stale = true;
    }

    private void refresh(Watcher watcher) {
        if (watcher.stream.isEmpty()) {
            watcher.stale = !watcher.stream.offer(snapshots.computeIfAbsent(
                    watcher.game, game -> RoomMessages.update(directory.version(), true, directory.rooms(game))));
        }
    }

    private void sweep() {
        sweeps++;
        var now = Instant.now();
        for (var watcher : all()) {
            if (!now.isBefore(watcher.ticket.expiresAt())) refuse(watcher, Reason.TOKEN_EXPIRED, "Log in again");
            else if (watcher.stale) refresh(watcher);
            if (Long.remainderUnsigned(watcher.ticket.player() + sweeps, SWEEPS_PER_RECHECK) == 0) recheck(watcher);
        }
    }

    /** In case that news of a newer session were missed. */
    private void recheck(Watcher watcher) {
        sessions.requireLive(watcher.ticket).subscribe().with(alive -> {}, failure -> {
            if (sessions.isDisplaced(watcher.ticket)) follower.execute(() -> displace(watcher));
        });
    }

    private void displace(Watcher watcher) {
        refuse(watcher, Reason.SESSION_ENDED, "The account has logged in elsewhere");
    }

    private void refuse(Watcher watcher, Reason reason, String detail) {
        watcher.stream.fail(GrpcRefusals.of(new Refusal(reason, detail)));
        remove(watcher);
    }

    private void remove(Watcher watcher) {
        var watching = watchers.get(watcher.game);
        if (watching == null || !watching.remove(watcher)) return;
        live.decrementAndGet();
        byPlayer.computeIfPresent(watcher.ticket.player(), (player, own) -> {
            own.remove(watcher);
            return own.isEmpty() ? null : own;
        });
    }

    private List<Watcher> all() {
        return watchers.values().stream().flatMap(Set::stream).toList();
    }
}
