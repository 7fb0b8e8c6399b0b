package io.gamehall.gateway.play;

import java.time.Duration;

/**
 * When a player's call is to be over: made when the call begins, and passed on through all of its steps and tries.
 *
 * @param atNanos by {@link System#nanoTime()}: how long there is still to wait
 * @param notAfterMs by everybody's clock, ms since 1970: after it no owner decides any try of the call
 */
record Deadline(long atNanos, long notAfterMs) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), System.currentTimeMillis() + time.toMillis());
    }

    /** Of a step that must not take all there is. */
    Deadline within(Duration stepMax) {
        var rest = rest();
        return stepMax.compareTo(rest) < 0 ? in(stepMax) : this;
    }

    Duration rest() {
        return Duration.ofNanos(atNanos - System.nanoTime());
    }
}
