package io.gamehall.gateway.outbound;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Spreads the end of streams over {@link OutboundConfig#drainSpread}. Any thread. */
@Singleton
public class DrainSpread {
    private static final Duration STEP = Duration.ofMillis(50);
    /** Each stream's end is spread already. */
    private static final Duration RETRY_AFTER_MAX = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Duration spread;

    DrainSpread(Vertx vertx, OutboundConfig config) {
        this.vertx = vertx;
        this.spread = config.drainSpread();
    }

    /**
     * Does something to all, some at each step, in a random order. A late step makes up for it: all are done when the
     * time is over.
     *
     * @param act runs on an event loop, so it must not block
     */
    public <T> void over(Collection<T> all, Consumer<T> act) {
        var rest = new ArrayList<>(all);
        Collections.shuffle(rest);
        int count = rest.size();
        if (count > 0) vertx.runOnContext(turn -> step(rest, count, System.nanoTime(), act));
    }

    /** When a client that is sent away is to come back, elsewhere: a short random time, in milliseconds. */
    public int retryAfterMs() {
        long max = Math.min(spread.toMillis(), RETRY_AFTER_MAX.toMillis());
        return ThreadLocalRandom.current().nextInt((int) max + 1);
    }

    private <T> void step(List<T> rest, int count, long begin, Consumer<T> act) {
        var now = rest.subList(left(count, System.nanoTime() - begin), rest.size());
        now.forEach(act);
        now.clear();
        if (!rest.isEmpty()) vertx.setTimer(STEP.toMillis(), timer -> step(rest, count, begin, act));
    }

    /** How many of all wait for a later step. */
    private int left(int count, long elapsedNanos) {
        // The next step is a step later.
        double after = spread.toNanos() - elapsedNanos - STEP.toNanos();
        return after <= 0 ? 0 : (int) Math.min(count - 1, Math.ceil(count * after / spread.toNanos()));
    }
}
