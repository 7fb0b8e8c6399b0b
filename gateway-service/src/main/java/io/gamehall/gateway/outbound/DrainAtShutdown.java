package io.gamehall.gateway.outbound;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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
    private final Thread hook = Thread.ofPlatform().name("drain").unstarted(this::drain);

    DrainAtShutdown(Event<Draining> draining) {
        this.draining = draining;
    }

    void start(@Observes StartupEvent started) {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void stop(@Observes ShutdownEvent stopping) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            LOG.debug("The hook runs or has run", alreadyEnding);
        }
    }

    /** Ends the streams. Any thread. */
    public void drain() {
        LOG.info("Draining: streams are told to go elsewhere");
        draining.fire(new Draining());
    }
}
