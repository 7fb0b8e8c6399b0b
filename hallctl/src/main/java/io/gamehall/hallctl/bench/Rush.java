package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.load.Answer;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Many players want the same at once. Each asks; who is asked to come again comes again; the rest have their answer.
 * Safe for the threads on which answers arrive.
 */
final class Rush {
    private static final long HIGHEST_US = 60_000_000;
    private static final double US_PER_MS = 1_000;
    private static final Duration ANSWERED_MAX = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final ConcurrentHistogram served = new ConcurrentHistogram(HIGHEST_US, 3);
    private final ConcurrentHistogram refused = new ConcurrentHistogram(HIGHEST_US, 3);
    private final ConcurrentLinkedQueue<Player> winners = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Refused> refusals = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final LongAdder firstTry = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final String expectedRefusal;

    /** One try of a player; a winner is the player as it is then, in the room it has got into. */
    @FunctionalInterface
    interface Try {
        void start(Player player, Answer.Sink<Player> done);
    }

    /** @param expectedRefusal the reason with which those are refused who come too late */
    Rush(String expectedRefusal) {
        this.expectedRefusal = expectedRefusal;
    }

    /** Lets all of them go, and returns when each has its answer. */
    Rush run(List<Player> players, Try each) throws InterruptedException {
        var answered = new CountDownLatch(players.size());
        try (var timer = Executors.newSingleThreadScheduledExecutor()) {
            for (var player : players) attempt(new Attempt(player, System.nanoTime(), answered, each), timer, true);
            answered.await(ANSWERED_MAX.toSeconds(), TimeUnit.SECONDS);
            timer.shutdownNow();
        }
        for (long left = answered.getCount(); left > 0; left--) error("NO_ANSWER");
        return this;
    }

    private record Attempt(Player player, long startNanos, CountDownLatch answered, Try each) {}

    private void attempt(Attempt attempt, java.util.concurrent.ScheduledExecutorService timer, boolean first) {
        attempt.each().start(attempt.player(), answer -> {
            long micros = Math.min((System.nanoTime() - attempt.startNanos()) / 1_000, HIGHEST_US);
            switch (answer) {
                case Answer.Given<Player>(Player winner) -> {
                    served.recordValue(micros);
                    winners.add(winner);
                    if (first) firstTry.increment();
                }
                case Answer.Not<Player>(Refused why)
                when why.reason().equals(expectedRefusal) -> {
                    refused.recordValue(micros);
                    refusals.add(why);
                }
                case Answer.Not<Player>(Refused why)
                when why.isPassing() && !timer.isShutdown() -> {
                    repeated.increment();
                    timer.schedule(
                            () -> attempt(attempt, timer, false),
                            why.delay(RETRY).toNanos(),
                            TimeUnit.NANOSECONDS);
                    return;
                }
                case Answer.Not<Player>(Refused why) -> error(why.reason());
            }
            attempt.answered().countDown();
        });
    }

    private void error(String reason) {
        errors.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    List<Player> winners() {
        return List.copyOf(winners);
    }

    List<Refused> refusals() {
        return List.copyOf(refusals);
    }

    /** Winners who needed no second try. */
    long firstTry() {
        return firstTry.sum();
    }

    /** Tries that were repeated, because the hall said so. */
    long repeated() {
        return repeated.sum();
    }

    /** By reason, with their number. */
    Map<String, Long> errors() {
        var sums = new TreeMap<String, Long>();
        errors.forEach((reason, number) -> sums.put(reason, number.sum()));
        return sums;
    }

    double servedMs(double percentile) {
        return ms(served, percentile);
    }

    double refusedMs(double percentile) {
        return ms(refused, percentile);
    }

    private static double ms(ConcurrentHistogram latencies, double percentile) {
        return latencies.getTotalCount() == 0 ? 0 : latencies.getValueAtPercentile(percentile) / US_PER_MS;
    }
}
