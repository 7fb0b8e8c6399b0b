package io.gamehall.activity.join.domain;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been given, as far as one player's request is concerned.
 *
 * @param taken joins of the activity given to all players
 * @param joins the player's own: ordinal to time in ms. After a loss of data it may have gaps
 * @param bucket the player's
 */
public record Standing(long taken, SortedMap<Integer, Long> joins, Bucket bucket) {
    public Standing {
        joins = Collections.unmodifiableSortedMap(new TreeMap<>(joins));
    }

    public Standing(long taken, Map<Integer, Long> joins, Bucket bucket) {
        this(taken, new TreeMap<>(joins), bucket);
    }

    Standing spent(Bucket rest) {
        return new Standing(taken, joins, rest);
    }

    Standing with(int ordinal, long joinedAtMs) {
        var more = new TreeMap<>(joins);
        more.put(ordinal, joinedAtMs);
        return new Standing(taken + 1, more, bucket);
    }
}
