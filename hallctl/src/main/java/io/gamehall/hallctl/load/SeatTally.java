package io.gamehall.hallctl.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** What a load came to. Any thread may record. */
public final class SeatTally {
    /** Latencies are kept in microseconds, to 0.1 %. */
    private static final int DIGITS = 3;

    private static final long HIGHEST_US = 60_000_000;
    private static final double US_PER_MS = 1_000;
    private static final String NO_SEAT = "NO_FREE_SEAT";

    private final ConcurrentHistogram latencies = new ConcurrentHistogram(HIGHEST_US, DIGITS);
    private final LongAdder answered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final Map<String, String> details = new ConcurrentHashMap<>();
    private volatile long nanos;
    private volatile long inTime;

    void answered(long latencyNanos) {
        answered.increment();
        late(latencyNanos);
    }

    /** A call that was due and has waited so long; counts in the latencies only. */
    void late(long latencyNanos) {
        latencies.recordValue(Math.clamp(latencyNanos / 1_000, 0, HIGHEST_US));
    }

    void repeated(String reason) {
        repeated.increment();
        details.putIfAbsent("repeated after " + reason, "");
    }

    void failed(String reason, String detail) {
        failures.computeIfAbsent(reason, any -> new LongAdder()).increment();
        details.putIfAbsent(reason, detail);
    }

    /** Answers that come later do not count in the rate. */
    void end(long lastedNanos) {
        nanos = lastedNanos;
        inTime = answered.sum();
    }

    /** Answered calls so far. */
    public long count() {
        return answered.sum();
    }

    /** Latencies recorded: those of the answered calls, and of those that were due and could not start. */
    public long recorded() {
        return latencies.getTotalCount();
    }

    public double perSecond() {
        return nanos == 0 ? 0 : inTime * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    /** Milliseconds; 0 if nothing was answered. */
    public double percentileMs(double percentile) {
        return latencies.getTotalCount() == 0 ? 0 : latencies.getValueAtPercentile(percentile) / US_PER_MS;
    }

    /** Quick joins that were refused for want of a seat. */
    public long withoutSeat() {
        return failures.getOrDefault(NO_SEAT, new LongAdder()).sum();
    }

    /** Calls that failed in any other way. */
    public long errors() {
        return failures.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(NO_SEAT))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** Attempts that were repeated, because an owner was away or another one decides. */
    public long repeated() {
        return repeated.sum();
    }

    /** What went wrong: reason, and the first detail. */
    public Map<String, String> details() {
        return new TreeMap<>(details);
    }
}
