package io.gamehall.hallctl.swarm;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts and latencies of one kind of call. Any thread may record. */
final class CallStats {
    /** Latencies are kept in microseconds, to 0.1 %. */
    private static final int DIGITS = 3;

    private static final long HIGHEST_US = 120_000_000;
    private static final double US_PER_MS = 1_000;

    private final ConcurrentHistogram answered = new ConcurrentHistogram(HIGHEST_US, DIGITS);
    private final LongAdder refused = new LongAdder();
    private final LongAdder errors = new LongAdder();

    void answered(long nanos) {
        answered.recordValue(Math.min(Math.max(nanos / 1_000, 0), HIGHEST_US));
    }

    void refused() {
        refused.increment();
    }

    void failed() {
        errors.increment();
    }

    /** All attempts, however they ended. */
    long count() {
        return answered.getTotalCount() + refused.sum() + errors.sum();
    }

    long refusals() {
        return refused.sum();
    }

    long errors() {
        return errors.sum();
    }

    /** Milliseconds of what was answered; 0 if nothing was. */
    double percentileMs(double percentile) {
        return answered.getTotalCount() == 0 ? 0 : answered.getValueAtPercentile(percentile) / US_PER_MS;
    }

    double maxMs() {
        return answered.getTotalCount() == 0 ? 0 : answered.getMaxValue() / US_PER_MS;
    }

    /** The percentile over several kinds of calls, in milliseconds; 0 if none was answered. */
    static double percentileMs(double percentile, CallStats... kinds) {
        var all = new Histogram(HIGHEST_US, DIGITS);
        for (var kind : kinds) {
            all.add(kind.answered);
        }
        return all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(percentile) / US_PER_MS;
    }
}
