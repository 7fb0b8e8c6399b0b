package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.outbound.DrainSpread;
import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.outbound.grpc.PacedStream;
import io.gamehall.gateway.session.NewerSession;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.v1.RoomsUpdate;
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

/** The {@code WatchRooms} streams, and the end of each with its session. Confined to the directory's thread. */
@Singleton
class RoomWatchers {
    private static final long SWEEP_MS = 1_000;
    private static final long SWEEPS_PER_RECHECK = 15;

    private final DirectoryFollower follower;
    private final RoomsFanOut fanOut;
    private final Sessions sessions;
    private final Vertx vertx;
    private final DrainSpread spread;
    private final Map<Long, Set<Watcher>> watchers = new HashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private long sweeps;
    private boolean draining;

    /** One watcher. */
    record Watcher(Ticket ticket, RoomsReader reader, PacedStream<RoomsUpdate> stream) {}

    RoomWatchers(
            DirectoryFollower follower,
            RoomsFanOut fanOut,
            Sessions sessions,
            Vertx vertx,
            DrainSpread spread,
            MeterRegistry meters) {
        this.follower = follower;
        this.fanOut = fanOut;
        this.sessions = sessions;
        this.vertx = vertx;
        this.spread = spread;
        Gauge.builder("gamehall.streams", live, AtomicInteger::get)
                .tag("kind", "rooms")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(SWEEP_MS, ignored -> follower.execute(this::sweep));
    }

    void drain(@Observes Draining stopping) {
        follower.execute(() -> {
            draining = true;
            spread.over(all(), watcher -> follower.execute(() -> end(watcher)));
        });
    }

    void displaced(@Observes NewerSession newer) {
        follower.execute(() -> List.copyOf(watchers.getOrDefault(newer.player(), Set.of())).stream()
                .filter(watcher -> watcher.ticket().generation() < newer.generation())
                .forEach(this::displace));
    }

    /** Adds a watcher and sends it everything. Any thread. */
    void add(Watcher watcher) {
        follower.execute(() -> {
            // The client may have gone while its session was looked up.
            if (!watcher.stream().isOpen()) return;
            if (sessions.isDisplaced(watcher.ticket())) {
                displace(watcher);
            } else if (draining) {
                end(watcher);
            } else {
                watchers.computeIfAbsent(watcher.ticket().player(), player -> new HashSet<>())
                        .add(watcher);
                live.incrementAndGet();
                fanOut.add(watcher.reader());
            }
        });
    }

    /** A watcher has gone. Any thread. */
    void gone(Watcher watcher) {
        follower.execute(() -> remove(watcher));
    }

    /** Ends a watch whose client does not read on. Any thread. */
    void cutOff(Watcher watcher) {
        follower.execute(() -> end(watcher));
    }

    private void sweep() {
        sweeps++;
        var now = Instant.now();
        for (var watcher : all()) {
            if (!now.isBefore(watcher.ticket().expiresAt())) refuse(watcher, Reason.TOKEN_EXPIRED, "Log in again");
            else if (Long.remainderUnsigned(watcher.ticket().player() + sweeps, SWEEPS_PER_RECHECK) == 0) {
                recheck(watcher);
            }
        }
    }

    /** In case that news of a newer session were missed. */
    private void recheck(Watcher watcher) {
        sessions.requireLive(watcher.ticket()).subscribe().with(alive -> {}, failure -> {
            if (sessions.isDisplaced(watcher.ticket())) follower.execute(() -> displace(watcher));
        });
    }

    private void displace(Watcher watcher) {
        refuse(watcher, Reason.SESSION_ENDED, "The account has logged in elsewhere");
    }

    private void refuse(Watcher watcher, Reason reason, String detail) {
        watcher.stream().fail(GrpcRefusals.of(new Refusal(reason, detail)));
        remove(watcher);
    }

    private void end(Watcher watcher) {
        watcher.stream().end(Optional.empty());
        remove(watcher);
    }

    private void remove(Watcher watcher) {
        var own = watchers.get(watcher.ticket().player());
        if (own == null || !own.remove(watcher)) return;
        live.decrementAndGet();
        if (own.isEmpty()) watchers.remove(watcher.ticket().player());
    }

    private List<Watcher> all() {
        return watchers.values().stream().flatMap(Set::stream).toList();
    }
}
