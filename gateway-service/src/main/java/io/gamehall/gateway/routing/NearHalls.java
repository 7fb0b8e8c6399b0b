package io.gamehall.gateway.routing;

import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.routing.domain.Fullness;
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
import java.util.Optional;
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
    private volatile View view = new View(List.of(), Optional.empty(), new ConcurrentHashMap<>(), 0, true);
    private volatile boolean draining;
    private Context loop;
    private long timer;

    /**
     * What was learnt.
     *
     * @param others what the other gateways behind this one's address carry; empty: there are none
     * @param sent players sent to each hall since then
     */
    private record View(
            List<HallLoad> halls,
            Optional<HallLoad> others,
            Map<String, AtomicInteger> sent,
            long atNanos,
            boolean stale) {
        /** @param own as it was told to the others, and is among what was learnt */
        static View of(List<HallLoad> learnt, HallLoad own) {
            // Gateways behind one address are one hall to send players to.
            var halls = List.copyOf(learnt.stream()
                    .collect(Collectors.toMap(HallLoad::address, load -> load, HallLoad::plus))
                    .values());
            boolean shared = learnt.stream()
                            .filter(load -> load.address().equals(own.address()))
                            .count()
                    > 1;
            var others = halls.stream()
                    .filter(hall -> shared && hall.address().equals(own.address()))
                    .map(hall -> hall.minus(own))
                    .findFirst();
            return new View(halls, others, new ConcurrentHashMap<>(), System.nanoTime(), false);
        }

        boolean isFresh(RoutingConfig config) {
            return !stale && System.nanoTime() - atNanos <= config.alive().toNanos();
        }

        HallLoad now(HallLoad load) {
            var count = sent.get(load.address());
            return count == null ? load : load.expecting(count.get());
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
        var seen = view;
        return new Fullness(own(), draining, seen.isFresh(config) ? seen.others() : Optional.empty()).isFull();
    }

    /** The halls of the region that are alive, with the players counted in who were sent there from here meanwhile. */
    List<HallLoad> all() {
        var seen = view;
        if (!seen.isFresh(config)) return List.of();
        return seen.halls().stream().map(seen::now).toList();
    }

    /** A player was sent to that hall to have a session there. */
    void sentTo(String address) {
        view.sent().computeIfAbsent(address, first -> new AtomicInteger()).incrementAndGet();
    }

    private void publish() {
        if (draining) return;
        var own = own();
        board.publish(own)
                .subscribe()
                .with(
                        learnt -> view = View.of(learnt, own),
                        failure -> LOG.warnf("Other halls' load is not known: %s", failure.getMessage()));
    }

    private HallLoad own() {
        return new HallLoad(config.hallAddress(), streams.count(), config.capacity());
    }
}
