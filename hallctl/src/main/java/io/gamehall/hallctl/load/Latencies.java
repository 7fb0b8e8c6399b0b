package io.gamehall.hallctl.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** How long things took, to 0.1 %. Any thread may record. */
public final class Latencies {
    private static final int DIGITS = 3;
    private static final long HIGHEST_US = 60_000_000;
    private static final double US_PER_MS = 1_000;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(HIGHEST_US, DIGITS);

    /** What took less than nothing, because it was there before it was asked for, took nothing. */
    public void record(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, HIGHEST_US));
    }

    public long count() {
        return micros.getTotalCount();
    }

    /** Milliseconds; 0 if nothing was recorded. */
    public double percentileMs(double percentile) {
        return count() == 0 ? 0 : micros.getValueAtPercentile(percentile) / US_PER_MS;
    }
}
