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
     * Does something to all, some at each step, in a random order.
     *
     * @param act runs on an event loop, so it must not block
     */
    public <T> void over(Collection<T> all, Consumer<T> act) {
        var rest = new ArrayList<>(all);
        Collections.shuffle(rest);
        int steps = (int) Math.max(1, spread.dividedBy(STEP));
        int perStep = Math.ceilDiv(rest.size(), steps);
        if (!rest.isEmpty()) vertx.runOnContext(turn -> step(rest, perStep, act));
    }

    /** When a client that is sent away is to come back, elsewhere: a short random time, in milliseconds. */
    public int retryAfterMs() {
        long max = Math.min(spread.toMillis(), RETRY_AFTER_MAX.toMillis());
        return ThreadLocalRandom.current().nextInt((int) max + 1);
    }

    private <T> void step(List<T> rest, int perStep, Consumer<T> act) {
        var now = rest.subList(Math.max(0, rest.size() - perStep), rest.size());
        now.forEach(act);
        now.clear();
        if (!rest.isEmpty()) vertx.setTimer(STEP.toMillis(), timer -> step(rest, perStep, act));
    }
}
