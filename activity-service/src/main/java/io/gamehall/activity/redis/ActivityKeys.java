package io.gamehall.activity.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of what Redis holds of one shard of an activity. The hash tag keeps all of them in one slot, so that one script
 * may touch them together in a cluster; shards lie in slots of their own.
 *
 * @param state hash: {@code version} of the newest terms seen, {@code taken} joins given, over several shards also
 *     {@code plan}, {@code planned} and {@code share}; {@code epoch}, {@code opening} and {@code run} tell when and in
 *     which process of Redis they were opened, {@code sure_until_ms} and {@code saved} how long joins may rest on that;
 *     {@code rebuild}, {@code rebuild_run} and {@code rebuild_until_ms} who brings them back
 * @param marks hash {@code <player>:<ordinal>} to the id of the join's outbox entry, whose first part is its time in ms
 * @param outbox stream of the joins not yet known to be in Kafka
 * @param tag first part of every key of the shard
 */
public record ActivityKeys(String state, String marks, String outbox, String tag) {
    /** Of the first shard: of the whole activity, where there is one shard. */
    public static ActivityKeys of(String cell, String activity) {
        return of(cell, activity, 0);
    }

    /** @param shard counted from 0 */
    public static ActivityKeys of(String cell, String activity, int shard) {
        var tag = "{" + cell + ":act:" + activity + (shard == 0 ? "" : ":" + shard) + "}";
        return new ActivityKeys(tag + ":state", tag + ":marks", tag + ":outbox", tag);
    }

    /** Of every shard, in their order. */
    public static List<ActivityKeys> all(String cell, String activity, int shards) {
        var all = new ArrayList<ActivityKeys>(shards);
        for (var shard = 0; shard < shards; shard++) all.add(of(cell, activity, shard));
        return all;
    }

    /** The player's token bucket: the time in microseconds at which it is full again. Expires by itself. */
    public String bucket(long player) {
        return tag + ":rate:" + Long.toUnsignedString(player);
    }

    /** Is there while a process has the turn to compare the activity with the ledger. */
    public String turn() {
        return tag + ":turn";
    }

    /** Field of a join in {@link #marks()}. */
    public static String field(long player, int ordinal) {
        return Long.toUnsignedString(player) + ":" + ordinal;
    }
}
