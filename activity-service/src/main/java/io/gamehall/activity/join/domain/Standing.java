package io.gamehall.activity.join.domain;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been given, as far as one player's request is concerned: by the shard that decides for this player.
 *
 * @param taken joins given here
 * @param share joins that may be given here in all: the quota, where there is one shard
 * @param joins the player's own: ordinal to time in ms. After a loss of data it may have gaps
 * @param bucket the player's
 * @param turnstile the activity's, or this shard's part of it
 */
public record Standing(long taken, long share, SortedMap<Integer, Long> joins, Bucket bucket, Turnstile turnstile) {
    public Standing {
        joins = Collections.unmodifiableSortedMap(new TreeMap<>(joins));
    }

    /** With a full turnstile. */
    public Standing(long taken, long share, Map<Integer, Long> joins, Bucket bucket) {
        this(taken, share, new TreeMap<>(joins), bucket, Turnstile.FULL);
    }

    Standing spent(Bucket rest) {
        return new Standing(taken, share, joins, rest, turnstile);
    }

    Standing waiting(Bucket rest, Turnstile passed) {
        return new Standing(taken, share, joins, rest, passed);
    }

    Standing with(int ordinal, long joinedAtMs, Turnstile passed) {
        var more = new TreeMap<>(joins);
        more.put(ordinal, joinedAtMs);
        return new Standing(taken + 1, share, more, bucket, passed);
    }
}
