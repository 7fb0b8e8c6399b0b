package io.gamehall.activity.statistics.domain;

/**
 * A stretch of time in whole minutes.
 *
 * @param fromMs its first moment, in ms since 1970
 * @param toMs the first moment after it
 */
public record Window(long fromMs, long toMs) {
    public static final long MINUTE_MS = 60_000;
    public static final long DAY_MS = 24 * 60 * MINUTE_MS;

    public Window {
        if (fromMs < 0 || toMs <= fromMs || fromMs % MINUTE_MS != 0 || toMs % MINUTE_MS != 0) {
            throw new IllegalArgumentException("window " + fromMs + "-" + toMs);
        }
    }

    /** The whole minutes that hold these moments; the second is not before the first. */
    public static Window around(long fromMs, long toMs) {
        var from = Math.floorDiv(fromMs, MINUTE_MS) * MINUTE_MS;
        return new Window(from, Math.max(from + MINUTE_MS, Math.ceilDiv(toMs, MINUTE_MS) * MINUTE_MS));
    }
}
