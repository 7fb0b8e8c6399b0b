package io.gamehall.activity.join.domain;

/**
 * How many joins may be in work at a time, so that those that are let in are answered in time: by Little's law, as many
 * as leave in that time. It grows by a tenth while it is used up and nearly all are in time, and shrinks by a fifth
 * when more than one in twenty is late: a twentieth, so that single pauses do not count, and 99 of 100 stay below about
 * twice the target. Not thread-safe.
 */
public final class InFlightLimit {
    private static final int LATE_ONE_IN = 20;
    private static final int ENDED_MIN = 20;

    private final int min;
    private final int max;
    private final long targetNanos;
    private final long windowNanos;
    private int limit;
    private int inFlight;
    private int ended;
    private int late;
    private boolean usedUp;
    private long windowEndsAtNanos;

    /**
     * @param min of the limit, which is where it begins; at least 1
     * @param max of the limit, at least {@code min}
     * @param targetNanos whoever takes longer is late
     * @param windowNanos how long is looked before the limit is changed
     */
    public InFlightLimit(int min, int max, long targetNanos, long windowNanos) {
        if (min < 1 || max < min) throw new IllegalArgumentException("limits " + min + " to " + max);
        this.min = min;
        this.max = max;
        this.limit = min;
        this.targetNanos = targetNanos;
        this.windowNanos = windowNanos;
    }

    /** Whether one more may be let in; whoever is let in has to leave. */
    public boolean enter() {
        if (inFlight >= limit) {
            usedUp = true;
            return false;
        }
        inFlight++;
        return true;
    }

    /** One has been answered that was let in. */
    public void leave(long enteredAtNanos, long nowNanos) {
        inFlight--;
        ended++;
        if (nowNanos - enteredAtNanos > targetNanos) late++;
        if (nowNanos - windowEndsAtNanos >= 0) {
            if (ended >= ENDED_MIN) change();
            windowEndsAtNanos = nowNanos + windowNanos;
        }
    }

    public int limit() {
        return limit;
    }

    public int inFlight() {
        return inFlight;
    }

    private void change() {
        if (late * LATE_ONE_IN > ended) limit = Math.max(min, limit - limit / 5);
        else if (usedUp) limit = Math.min(max, limit + limit / 10 + 1);
        ended = 0;
        late = 0;
        usedUp = false;
    }
}
