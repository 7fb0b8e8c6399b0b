package io.gamehall.hallctl.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets each of many players make one call, some at the same time, and waits until all are answered. */
public final class Crowd {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(100);

    private Crowd() {}

    /** A player's call. */
    @FunctionalInterface
    public interface Call<R> {
        void start(Player player, Answer.Sink<R> done);
    }

    /**
     * Every player calls until it gets its reply; what passes is repeated.
     *
     * @param atOnce calls on their way at most
     * @throws IllegalStateException if a call was refused for good, or not answered within 30 seconds
     */
    public static <R> void all(String what, List<Player> players, int atOnce, Call<R> call)
            throws InterruptedException {
        var places = new Semaphore(atOnce);
        var until = Instant.now().plus(PATIENCE);
        var failures = new ConcurrentHashMap<String, String>();
        try (var timer = new Timer()) {
            for (var player : players) {
                if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) break;
                if (!failures.isEmpty()) {
                    places.release();
                    break;
                }
                attempt(player, call, until, timer, failures, places);
            }
            boolean answered = places.tryAcquire(atOnce, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!failures.isEmpty() || !answered) {
                throw new IllegalStateException(
                        what + " failed: " + (failures.isEmpty() ? "some were not answered" : failures));
            }
        }
    }

    private static <R> void attempt(
            Player player,
            Call<R> call,
            Instant until,
            Timer timer,
            ConcurrentHashMap<String, String> failures,
            Semaphore places) {
        call.start(player, answer -> {
            if (answer instanceof Answer.Not<R>(Refused why)) {
                if (why.isPassing() && Instant.now().isBefore(until)) {
                    timer.later(why.delay(RETRY), () -> attempt(player, call, until, timer, failures, places));
                    return;
                }
                failures.putIfAbsent(why.reason(), why.detail());
            }
            places.release();
        });
    }

    /** Runs what has to wait a little. */
    static final class Timer implements AutoCloseable {
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("later").daemon().factory());

        void later(Duration delay, Runnable task) {
            thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
