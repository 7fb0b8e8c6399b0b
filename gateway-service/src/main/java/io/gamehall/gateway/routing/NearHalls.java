package io.gamehall.gateway.routing;

import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.routing.domain.HallLoad;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The halls of this region as this one sees them: learnt every few seconds on an event loop of its own choice, read
 * from any thread without waiting. What was learnt too long ago is not used: better no hall than a dead one.
 */
@Singleton
public class NearHalls {
    private static final Logger LOG = Logger.getLogger(NearHalls.class);

    private final HallBoard board;
    private final LiveStreams streams;
    private final RoutingConfig config;
    private final Vertx vertx;
    private volatile View view = new View(List.of(), new ConcurrentHashMap<>(), 0, true);
    private volatile boolean draining;
    private Context loop;
    private long timer;

    /** @param sent players sent to each hall since then */
    private record View(List<HallLoad> halls, Map<String, AtomicInteger> sent, long atNanos, boolean stale) {
        static View of(List<HallLoad> learnt) {
            // Gateways behind one address are one hall to send players to.
            var halls = List.copyOf(learnt.stream()
                    .collect(Collectors.toMap(HallLoad::address, load -> load, HallLoad::plus))
                    .values());
            return new View(halls, new ConcurrentHashMap<>(), System.nanoTime(), false);
        }

        HallLoad now(HallLoad load) {
            var count = sent.get(load.address());
            return count == null ? load : new HallLoad(load.address(), load.live() + count.get(), load.capacity());
        }
    }

    NearHalls(HallBoard board, LiveStreams streams, RoutingConfig config, Vertx vertx, MeterRegistry meters) {
        this.board = board;
        this.streams = streams;
        this.config = config;
        this.vertx = vertx;
        Gauge.builder("gamehall.halls.known", this, halls -> halls.all().size()).register(meters);
    }

    void start(@Observes StartupEvent started) {
        loop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        loop.runOnContext(begun -> {
            publish();
            timer = vertx.setPeriodic(config.publish().toMillis(), ignored -> publish());
        });
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    /** On the loop that publishes, so that nothing is published afterwards. */
    void drain(@Observes Draining stopping) {
        draining = true;
        loop.runOnContext(now -> {
            vertx.cancelTimer(timer);
            board.withdraw().subscribe().with(gone -> {}, failure -> LOG.warnf("Still on the board: %s", failure));
        });
    }

    /** Whether this hall takes no more sessions. */
    boolean isFull() {
        return draining || streams.count() >= config.capacity();
    }

    /** The halls of the region that are alive, with the players counted in who were sent there from here meanwhile. */
    List<HallLoad> all() {
        var seen = view;
        if (seen.stale() || System.nanoTime() - seen.atNanos() > config.alive().toNanos()) return List.of();
        return seen.halls().stream().map(seen::now).toList();
    }

    /** A player was sent to that hall. */
    void sentTo(String address) {
        view.sent().computeIfAbsent(address, first -> new AtomicInteger()).incrementAndGet();
    }

    private void publish() {
        if (draining) return;
        board.publish(new HallLoad(config.hallAddress(), streams.count(), config.capacity()))
                .subscribe()
                .with(
                        learnt -> view = View.of(learnt),
                        failure -> LOG.warnf("Other halls' load is not known: %s", failure.getMessage()));
    }
}
