package io.gamehall.gateway.outbound;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Announces {@link Draining} at the first sign of the process's end. Quarkus has no event for it: its {@code
 * ShutdownEvent} comes only when no call is in flight any more, which streams are. Its own sequence (readiness off, a
 * delay, waiting for calls in flight) starts at the same moment.
 */
@Singleton
public class DrainAtShutdown {
    private static final Logger LOG = Logger.getLogger(DrainAtShutdown.class);

    private final Event<Draining> draining;
    private final OutboundConfig config;
    private final ShutdownConfig shutdown;
    private final Thread hook = Thread.ofPlatform().name("drain").unstarted(this::drain);

    DrainAtShutdown(Event<Draining> draining, OutboundConfig config, ShutdownConfig shutdown) {
        this.draining = draining;
        this.config = config;
        this.shutdown = shutdown;
    }

    /** @throws IllegalStateException if calls would be refused before every stream is told to go elsewhere */
    void start(@Observes StartupEvent started) {
        requireTime(config.drainSpread(), shutdown.delay().orElse(Duration.ZERO));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void stop(@Observes ShutdownEvent stopping) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            LOG.debug("The hook runs or has run", alreadyEnding);
        }
    }

    /** Quarkus answers 503 to every new call once the delay is over, and does not wait for streams much longer. */
    static void requireTime(Duration spread, Duration delay) {
        if (delay.compareTo(spread) > 0) return;
        throw new IllegalStateException("quarkus.shutdown.delay (" + delay
                + ") is to be longer than gamehall.outbound.drain-spread (" + spread + ")");
    }

    /** Ends the streams. Any thread. */
    public void drain() {
        LOG.info("Draining: streams are told to go elsewhere");
        draining.fire(new Draining());
    }
}
