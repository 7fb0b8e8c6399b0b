package io.gamehall.activity.catalog.domain;

/**
 * A token bucket for all players of an activity together: each join that is given costs one token. Over several shards
 * each has its part of the bucket, and at least one token in it.
 *
 * @param perSecond joins admitted in a second, 1-{@value #PER_SECOND_MAX}
 * @param burst tokens in a full bucket, 1-{@value #BURST_MAX}
 */
public record ActivityRate(int perSecond, int burst) {
    public static final int PER_SECOND_MAX = 100_000;
    public static final int BURST_MAX = 1_000_000;
    private static final long MILLIONTHS = 1_000_000;

    public ActivityRate {
        if (perSecond < 1 || perSecond > PER_SECOND_MAX) throw new IllegalArgumentException("perSecond " + perSecond);
        if (burst < 1 || burst > BURST_MAX) throw new IllegalArgumentException("burst " + burst);
    }

    /**
     * What a join costs one of that many shards, in millionths of the activity's tokens: the bucket of a shard drains
     * as fast as the whole, and each join weighs as much more. So every number is whole.
     */
    public long cost(int shards) {
        return shards * MILLIONTHS;
    }

    /** What a shard's bucket holds, in the unit of {@link #cost}. */
    public long capacity(int shards) {
        return Math.max(burst, shards) * MILLIONTHS;
    }
}
