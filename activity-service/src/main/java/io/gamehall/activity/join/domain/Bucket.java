package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.PlayerRate;

/**
 * A token bucket as one number.
 *
 * @param fullAtMicros when it is full again (microseconds since 1970); in the past: it is full
 */
public record Bucket(long fullAtMicros) {
    public static final Bucket FULL = new Bucket(0);

    /** How long until there is a token, in microseconds; 0 or less: there is one. */
    public long waitMicros(PlayerRate rate, long nowMicros) {
        return spend(rate, nowMicros).fullAtMicros - rate.burst() * rate.intervalMicros() - nowMicros;
    }

    /** The bucket of who waits for a turn: there is a token again when it comes. */
    static Bucket until(PlayerRate rate, long turnMicros) {
        return new Bucket(turnMicros + (rate.burst() - 1) * rate.intervalMicros());
    }

    /** The bucket after one token was taken. */
    public Bucket spend(PlayerRate rate, long nowMicros) {
        return new Bucket(Math.max(fullAtMicros, nowMicros) + rate.intervalMicros());
    }
}
