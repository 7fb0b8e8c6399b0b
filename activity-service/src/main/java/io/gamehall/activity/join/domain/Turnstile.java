package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.ActivityRate;

/**
 * An activity's token bucket, or one shard's part of it, as what is missing from a full one.
 *
 * @param owed what is missing, in the unit of {@link ActivityRate#cost}; it drains by {@code perSecond} each microsecond
 * @param atMicros when that was so, in microseconds since 1970
 */
public record Turnstile(long owed, long atMicros) {
    public static final Turnstile FULL = new Turnstile(0, 0);
    /** For no longer than this a turn is kept free: 10 minutes. */
    public static final long TURN_MICROS_MAX = 600_000_000;

    /** The bucket after one join more. */
    Turnstile pass(ActivityRate rate, int shards, long nowMicros) {
        return new Turnstile(left(rate, nowMicros) + rate.cost(shards), Math.max(atMicros, nowMicros));
    }

    /** How long until a join may pass, in microseconds; 0 or less: now. */
    long waitMicros(ActivityRate rate, int shards, long nowMicros) {
        var over = pass(rate, shards, nowMicros).owed - rate.capacity(shards);
        return over <= 0 ? 0 : Math.ceilDiv(over, rate.perSecond());
    }

    private long left(ActivityRate rate, long nowMicros) {
        var elapsed = Math.max(0, nowMicros - atMicros);
        return elapsed > owed / rate.perSecond() ? 0 : owed - elapsed * rate.perSecond();
    }
}
