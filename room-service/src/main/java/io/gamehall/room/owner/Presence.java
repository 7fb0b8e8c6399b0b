package io.gamehall.room.owner;

import io.gamehall.room.domain.PlayerId;
import java.util.HashMap;
import java.util.Map;

/**
 * Which players somebody has vouched for lately: a gateway with a keep-alive, or the player with a command. Not in the
 * journal: when a new owner begins, everybody has the full time again. Confined to the partition's thread.
 */
final class Presence {
    private final Map<PlayerId, Long> seenAtMs = new HashMap<>();
    private long sinceMs;

    /** From now on players are watched; before, nobody could vouch for them here. */
    void begin(long nowMs) {
        sinceMs = nowMs;
    }

    void seen(PlayerId player, long nowMs) {
        seenAtMs.put(player, nowMs);
    }

    /** Whether a player was vouched for within the last {@code maxMs}, or could not have been. */
    boolean isWithin(PlayerId player, long nowMs, long maxMs) {
        if (nowMs - sinceMs < maxMs) return true;
        var seen = seenAtMs.get(player);
        return seen != null && nowMs - seen < maxMs;
    }

    /** Forgets who was not seen for that long. */
    void prune(long nowMs, long maxMs) {
        seenAtMs.values().removeIf(seen -> nowMs - seen >= maxMs);
    }
}
