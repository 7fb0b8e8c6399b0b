package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.outbound.DrainSpread;
import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.session.NewerSession;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The watches of this gateway, so many for each session at most, and the end of each with its session. Confined to the
 * directory's thread.
 */
@Singleton
class Watches {
    private static final long SWEEP_MS = 1_000;
    private static final long SWEEPS_PER_RECHECK = 15;

    private final DirectoryFollower follower;
    private final Sessions sessions;
    private final Vertx vertx;
    private final DrainSpread spread;
    private final int playerMax;
    private final Map<PlayerId, Set<Watch<?>>> watches = new HashMap<>();
    private final Map<Watch.Kind, AtomicInteger> live = new EnumMap<>(Watch.Kind.class);
    private long sweeps;
    private boolean draining;

    Watches(
            DirectoryFollower follower,
            Sessions sessions,
            Vertx vertx,
            DrainSpread spread,
            DirectoryConfig config,
            MeterRegistry meters) {
        this.follower = follower;
        this.sessions = sessions;
        this.vertx = vertx;
        this.spread = spread;
        this.playerMax = config.playerWatchesMax();
        for (var kind : Watch.Kind.values()) {
            var count = new AtomicInteger();
            live.put(kind, count);
            Gauge.builder("gamehall.streams", count, AtomicInteger::get)
                    .tag("kind", kind.tag())
                    .register(meters);
        }
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(SWEEP_MS, ignored -> follower.execute(this::sweep));
    }

    void drain(@Observes Draining stopping) {
        follower.execute(() -> {
            draining = true;
            spread.over(all(), watch -> follower.execute(() -> end(watch)));
        });
    }

    void displaced(@Observes NewerSession newer) {
        if (newer.player() == 0) return;
        follower.execute(() -> List.copyOf(of(new PlayerId(newer.player()))).stream()
                .filter(watch -> watch.ticket().generation() < newer.generation())
                .forEach(this::displace));
    }

    /**
     * Adds a watch, and lets it begin; if there are too many of its session, the oldest ends. Any thread.
     *
     * @param begin run on the directory's thread
     */
    void add(Watch<?> watch, Runnable begin) {
        follower.execute(() -> {
            // The client may have gone while its session was looked up.
            if (!watch.isOpen()) return;
            if (sessions.isDisplaced(watch.ticket())) displace(watch);
            else if (draining) end(watch);
            else {
                makeRoom(of(watch.player()));
                watches.computeIfAbsent(watch.player(), player -> new LinkedHashSet<>())
                        .add(watch);
                live.get(watch.kind()).incrementAndGet();
                begin.run();
            }
        });
    }

    /** Not the newest is refused: the oldest may be of a client that dropped off the net, and is not known to have gone. */
    private void makeRoom(Set<Watch<?>> own) {
        if (own.size() < playerMax) return;
        var oldest = own.iterator().next();
        oldest.fail(new Refusal(Reason.STREAMS_MAX, "A newer watch of the session takes its place")
                .with(Map.of("streams_max", Integer.toString(playerMax))));
        remove(oldest);
    }

    /** The client of a watch has gone. Any thread. */
    void gone(Watch<?> watch) {
        follower.execute(() -> remove(watch));
    }

    /** Ends a watch whose client does not read on. Any thread. */
    void cutOff(Watch<?> watch) {
        follower.execute(() -> end(watch));
    }

    private void sweep() {
        sweeps++;
        var now = Instant.now();
        for (var watch : all()) {
            if (!now.isBefore(watch.ticket().expiresAt())) refuse(watch, Reason.TOKEN_EXPIRED, "Log in again");
            else if (Long.remainderUnsigned(watch.ticket().player() + sweeps, SWEEPS_PER_RECHECK) == 0) {
                recheck(watch);
            }
        }
    }

    /** In case that news of a newer session were missed. */
    private void recheck(Watch<?> watch) {
        sessions.requireLive(watch.ticket()).subscribe().with(alive -> {}, failure -> {
            if (sessions.isDisplaced(watch.ticket())) follower.execute(() -> displace(watch));
        });
    }

    private void displace(Watch<?> watch) {
        refuse(watch, Reason.SESSION_ENDED, "The account has logged in elsewhere");
    }

    /** Ends a watch for a reason. On the directory's thread only. */
    void refuse(Watch<?> watch, Reason reason, String detail) {
        watch.fail(new Refusal(reason, detail));
        remove(watch);
    }

    private void end(Watch<?> watch) {
        watch.end();
        remove(watch);
    }

    private void remove(Watch<?> watch) {
        var own = watches.get(watch.player());
        if (own == null || !own.remove(watch)) return;
        live.get(watch.kind()).decrementAndGet();
        if (own.isEmpty()) watches.remove(watch.player());
    }

    private Set<Watch<?>> of(PlayerId player) {
        return watches.getOrDefault(player, Set.of());
    }

    private List<Watch<?>> all() {
        return watches.values().stream().<Watch<?>>flatMap(Set::stream).toList();
    }
}
