package io.gamehall.activity.pace;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does a piece of work again and again on one event loop: the next turn starts a pause after the last one ended, so
 * two never overlap, and the pause varies by a tenth either way, so instances do not fall into step. A turn that fails
 * is logged, and the next one comes as usual.
 */
public final class Cadence implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Cadence.class);

    private final Vertx vertx;
    private final Context context;
    private final String name;
    private final long pauseMs;
    private final Supplier<Uni<Void>> work;
    private volatile boolean closed;

    private Cadence(Vertx vertx, String name, Duration pause, Supplier<Uni<Void>> work) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.pauseMs = pause.toMillis();
        this.work = work;
    }

    /**
     * Starts with a first turn at once.
     *
     * @param name of the work, for the log
     * @param pause between the end of a turn and the next, at least 10 ms
     */
    public static Cadence start(Vertx vertx, String name, Duration pause, Supplier<Uni<Void>> work) {
        if (pause.toMillis() < 10) throw new IllegalArgumentException("Too short a pause for " + name + ": " + pause);
        var cadence = new Cadence(vertx, name, pause, work);
        cadence.context.runOnContext(ignored -> cadence.turn());
        return cadence;
    }

    /** No turn starts after this. */
    @Override
    public void close() {
        closed = true;
    }

    private void turn() {
        if (closed) return;
        Uni.createFrom().deferred(work::get).subscribe().with(done -> rest(), failure -> {
            if (!closed) LOG.warnf("Could not %s, will try again: %s", name, failure);
            rest();
        });
    }

    private void rest() {
        if (closed) return;
        var jitter = ThreadLocalRandom.current().nextLong(-pauseMs / 10, pauseMs / 10 + 1);
        context.runOnContext(ignored -> vertx.setTimer(pauseMs + jitter, timer -> turn()));
    }
}
