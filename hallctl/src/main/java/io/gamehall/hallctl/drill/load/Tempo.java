package io.gamehall.hallctl.drill.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls all players together begin in a second at most, evenly spread. Any thread; whoever asks waits for its
 * turn. What could not begin in time is not made up for.
 */
public final class Tempo {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private volatile long gapNanos;

    /** @param perSecond calls; 0: as many as they like */
    public void limit(int perSecond) {
        if (perSecond < 0) throw new IllegalArgumentException("Not a rate: " + perSecond);
        gapNanos = perSecond == 0 ? 0 : SECOND / perSecond;
    }

    /** Returns when the caller may begin its call. */
    void await() throws InterruptedException {
        long wait = turn(System.nanoTime());
        if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
    }

    /** Takes the next turn. @return nanoseconds until it comes; 0: it is here */
    long turn(long nowNanos) {
        long gap = gapNanos;
        if (gap == 0) return 0;
        return last.updateAndGet(before -> before + gap - nowNanos > 0 ? before + gap : nowNanos) - nowNanos;
    }
}
