package io.gamehall.platform.limits.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many calls at once, and so many a second in the long run: one number, the moment at which the bucket will be full
 * again. For any thread, without locks.
 */
public final class TokenBucket {
    private final long perCallNs;
    private final long depthNs;
    private final AtomicLong fullAt;

    /** @param nowNs of a clock that only goes on */
    public TokenBucket(long perSecond, long burst, long nowNs) {
        this.perCallNs = 1_000_000_000L / perSecond;
        this.depthNs = perCallNs * burst;
        this.fullAt = new AtomicLong(nowNs);
    }

    /** Takes a token. @return 0, or how many nanoseconds it will be until there is one, and then nothing is taken */
    public long take(long nowNs) {
        while (true) {
            long full = fullAt.get();
            long from = full - nowNs < 0 ? nowNs : full;
            long wait = from + perCallNs - nowNs - depthNs;
            if (wait > 0) return wait;
            if (fullAt.compareAndSet(full, from + perCallNs)) return 0;
        }
    }
}
