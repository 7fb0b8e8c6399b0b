package io.gamehall.hallctl.load;

import java.util.concurrent.TimeUnit;

/**
 * When each call of a paced load is meant to start: evenly, whatever the answers do. Latencies are counted from there, so
 * that a server that stalls is charged for all the calls that it kept from starting.
 *
 * @param perSecond calls
 * @param startNanos by {@link System#nanoTime()}
 */
record Pace(int perSecond, long startNanos) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Calls that should have been started by now. */
    long due(long nowNanos) {
        long passed = nowNanos - startNanos;
        if (passed < 0) return 0;
        // In two parts, so that days at any rate do not overflow.
        return passed / SECOND * perSecond + passed % SECOND * perSecond / SECOND + 1;
    }

    /** The intended start of a call, counted from 0. */
    long intended(long call) {
        return startNanos + call / perSecond * SECOND + call % perSecond * SECOND / perSecond;
    }
}
