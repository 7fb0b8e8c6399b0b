package io.gamehall.activity.catalog.domain;

/**
 * The rules of an activity, as data.
 *
 * @param quota joins given in all, 1-{@value #QUOTA_MAX}
 * @param opensAtMs the first moment of its window, in ms since 1970
 * @param closesAtMs the first moment after its window, not before {@code opensAtMs}
 * @param perPlayer joins given to one player, 1-{@value #PER_PLAYER_MAX}
 * @param suspended paused by an administrator
 * @param playerRate how fast one player may ask
 * @param reward what each join earns
 */
public record Terms(
        long quota,
        long opensAtMs,
        long closesAtMs,
        int perPlayer,
        boolean suspended,
        PlayerRate playerRate,
        Reward reward) {
    public static final long QUOTA_MAX = 1_000_000_000;
    public static final int PER_PLAYER_MAX = 100;
    /** The end of the year 9999. */
    public static final long TIME_MS_MAX = 253_402_300_799_999L;

    public Terms {
        if (quota < 1 || quota > QUOTA_MAX) throw new IllegalArgumentException("quota " + quota);
        if (opensAtMs < 0 || closesAtMs < opensAtMs || closesAtMs > TIME_MS_MAX) {
            throw new IllegalArgumentException("window " + opensAtMs + "-" + closesAtMs);
        }
        if (perPlayer < 1 || perPlayer > PER_PLAYER_MAX) throw new IllegalArgumentException("perPlayer " + perPlayer);
    }

    /** The same, paused or not. */
    public Terms suspended(boolean paused) {
        return new Terms(quota, opensAtMs, closesAtMs, perPlayer, paused, playerRate, reward);
    }

    /** The same with a window that is over at that moment, unless it was over before. */
    public Terms endedAt(long nowMs) {
        var end = Math.min(closesAtMs, nowMs);
        return new Terms(quota, Math.min(opensAtMs, end), end, perPlayer, suspended, playerRate, reward);
    }
}
