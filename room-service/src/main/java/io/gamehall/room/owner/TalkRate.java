package io.gamehall.room.owner;

import io.gamehall.room.domain.PlayerId;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each player may speak: a token bucket. Confined to the partition's thread. Not in the journal: a new owner
 * begins with full buckets.
 */
final class TalkRate {
    private final int burst;
    private final double perMs;
    private final Map<PlayerId, Bucket> buckets = new HashMap<>();

    private record Bucket(double tokens, long atMs) {}

    /**
     * @param burst messages at once
     * @param perSecond messages in the long run
     */
    TalkRate(int burst, int perSecond) {
        this.burst = burst;
        this.perMs = perSecond / 1_000.0;
    }

    /** Takes a token. @return false if there is none */
    boolean tryTake(PlayerId player, long nowMs) {
        var bucket = buckets.get(player);
        double tokens = bucket == null ? burst : tokens(bucket, nowMs);
        if (tokens < 1) return false;
        buckets.put(player, new Bucket(tokens - 1, nowMs));
        return true;
    }

    /** Forgets the buckets that are full again. */
    void prune(long nowMs) {
        buckets.values().removeIf(bucket -> tokens(bucket, nowMs) >= burst);
    }

    private double tokens(Bucket bucket, long nowMs) {
        return Math.min(burst, bucket.tokens() + Math.max(0, nowMs - bucket.atMs()) * perMs);
    }
}
