package io.gamehall.activity.catalog.domain;

import java.util.ArrayList;
import java.util.List;

/** How an activity is spread over hash slots of Redis: each shard decides for its own players, from its share. */
public final class Shards {
    public static final int MAX = 64;

    private Shards() {}

    /** The shard that knows all joins of a player: the same always, as long as the number of shards is the same. */
    public static int homeOf(long player, int shards) {
        // Mixed, so that the shard depends on every bit: all players of a cell share the first ones.
        var mixed = (player ^ (player >>> 32)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 32), shards);
    }

    /**
     * Deals a quota out: to each shard what it has given and an equal part of the rest.
     *
     * @param taken joins given by each shard
     * @return what each shard may give in all; together the quota, or what has been given where that is more
     */
    public static List<Long> deal(long quota, List<Long> taken) {
        var given = taken.stream().mapToLong(Long::longValue).sum();
        var rest = Math.max(0, quota - given);
        var shares = new ArrayList<Long>(taken.size());
        for (var shard = 0; shard < taken.size(); shard++) {
            var part = rest / taken.size() + (shard < rest % taken.size() ? 1 : 0);
            shares.add(taken.get(shard) + part);
        }
        return List.copyOf(shares);
    }
}
