package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.Boards.Told;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How the leaderboards fare. Safe for any thread. */
@ApplicationScoped
class BoardMeters {
    private final MeterRegistry registry;
    private final AtomicInteger owing;

    BoardMeters(MeterRegistry registry) {
        this.registry = registry;
        this.owing = registry.gauge("gamehall.leaderboard.owing", new AtomicInteger());
    }

    /** A board was told of a batch's scores, or not. */
    void told(Told what) {
        tells(what.name().toLowerCase(Locale.ROOT)).increment();
    }

    /** Scores were not told, because Redis does not answer. */
    void missed() {
        tells("missed").increment();
    }

    private Counter tells(String result) {
        return Counter.builder("gamehall.leaderboard.tells")
                .description("Batches of committed scores that boards were told of")
                .tag("result", result)
                .register(registry);
    }

    /** All boards were built anew, or not. */
    void rebuilt(boolean done, long startedNanos) {
        Timer.builder("gamehall.leaderboard.rebuild")
                .description("Rebuilding all leaderboards from the database")
                .tag("result", done ? "done" : "failed")
                .register(registry)
                .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }

    /** Whether boards are known to be out of date. */
    void owing(boolean isOwing) {
        owing.set(isOwing ? 1 : 0);
    }
}
