package io.gamehall.reward.leaderboard.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What Redis's clock says, as far as it is known here: never ahead of it. Each game may lie on a server of its own.
 * Bounded by the number of games. Safe for any thread.
 */
final class RedisClocks {
    /** Microseconds to be added to ours, by game. */
    private final Map<String, Long> offsets = new ConcurrentHashMap<>();

    /** The server of a game has just said so. The answer was on its way, so the clock is ahead of this by now. */
    void heard(String game, long micros) {
        offsets.put(game, micros - ours(System.nanoTime()));
    }

    /** A time by {@link System#nanoTime()} on the clock of the game's server, or before; 0 while nothing is known. */
    long at(String game, long nanos) {
        var offset = offsets.get(game);
        return offset == null ? 0 : Math.max(0, ours(nanos) + offset);
    }

    private static long ours(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
