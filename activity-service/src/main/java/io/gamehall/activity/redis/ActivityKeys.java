package io.gamehall.activity.redis;

/**
 * Names of what Redis holds of one activity. The hash tag keeps all of them in one slot, so that one script may touch
 * them together in a cluster.
 *
 * @param state hash {@code version} (of the newest terms seen) and {@code taken} (joins given); absent: data was lost
 * @param marks hash {@code <player>:<ordinal>} to the id of the join's outbox entry, whose first part is its time in ms
 * @param outbox stream of the joins not yet known to be in Kafka
 * @param tag first part of every key of the activity
 */
public record ActivityKeys(String state, String marks, String outbox, String tag) {
    public static ActivityKeys of(String cell, String activity) {
        var tag = "{" + cell + ":act:" + activity + "}";
        return new ActivityKeys(tag + ":state", tag + ":marks", tag + ":outbox", tag);
    }

    /** The player's token bucket: the time in microseconds at which it is full again. Expires by itself. */
    public String bucket(long player) {
        return tag + ":rate:" + Long.toUnsignedString(player);
    }

    /** Where marks are gathered during a rebuild, before they take their place at once. */
    public String staged(String rebuild) {
        return tag + ":staged:" + rebuild;
    }

    /** Field of a join in {@link #marks()}. */
    public static String field(long player, int ordinal) {
        return Long.toUnsignedString(player) + ":" + ordinal;
    }
}
