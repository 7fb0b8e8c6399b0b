package io.gamehall.activity.catalog.domain;

/**
 * The rules of an activity, as data.
 *
 * @param quota joins given in all, 1-{@value #QUOTA_MAX}
 * @param opensAtMs the first moment of its window, in ms since 1970
 * @param closesAtMs the first moment after its window, not before {@code opensAtMs}
 * @param cap joins given to one player
 * @param suspended paused by an administrator
 * @param rates how fast joins may come
 * @param access who may join
 * @param shards hash slots over which it is spread, 1-{@value Shards#MAX}; the same from the beginning to the end
 * @param reward what each join earns
 */
public record Terms(
        long quota,
        long opensAtMs,
        long closesAtMs,
        PlayerCap cap,
        boolean suspended,
        Rates rates,
        Access access,
        int shards,
        Reward reward) {
    public static final long QUOTA_MAX = 1_000_000_000;
    /** The end of the year 9999. */
    public static final long TIME_MS_MAX = 253_402_300_799_999L;

    public Terms {
        if (quota < 1 || quota > QUOTA_MAX) throw new IllegalArgumentException("quota " + quota);
        if (opensAtMs < 0 || closesAtMs < opensAtMs || closesAtMs > TIME_MS_MAX) {
            throw new IllegalArgumentException("window " + opensAtMs + "-" + closesAtMs);
        }
        if (shards < 1 || shards > Shards.MAX) throw new IllegalArgumentException("shards " + shards);
    }

    /** In one slot, for everybody, with no limit for a day or for all together. */
    public Terms(
            long quota,
            long opensAtMs,
            long closesAtMs,
            int perPlayer,
            boolean suspended,
            PlayerRate playerRate,
            Reward reward) {
        this(
                quota,
                opensAtMs,
                closesAtMs,
                PlayerCap.of(perPlayer),
                suspended,
                new Rates(playerRate, Rates.USUAL.activity()),
                Access.OPEN,
                1,
                reward);
    }

    /** Joins given to one player in all. */
    public int perPlayer() {
        return cap.total();
    }

    /** How fast one player may ask. */
    public PlayerRate playerRate() {
        return rates.player();
    }

    /** Whether no rate limit holds up that player. */
    public boolean allows(long player) {
        return access.allowList().contains(player);
    }

    /** The same, paused or not. */
    public Terms suspended(boolean paused) {
        return new Terms(quota, opensAtMs, closesAtMs, cap, paused, rates, access, shards, reward);
    }

    /** The same with a window that is over at that moment, unless it was over before. */
    public Terms endedAt(long nowMs) {
        var end = Math.min(closesAtMs, nowMs);
        return new Terms(quota, Math.min(opensAtMs, end), end, cap, suspended, rates, access, shards, reward);
    }

    /** The same with another quota. */
    public Terms quota(long joins) {
        return new Terms(joins, opensAtMs, closesAtMs, cap, suspended, rates, access, shards, reward);
    }

    /** The same with other caps for each player. */
    public Terms cap(PlayerCap other) {
        return new Terms(quota, opensAtMs, closesAtMs, other, suspended, rates, access, shards, reward);
    }

    /** The same with other rates. */
    public Terms rates(Rates other) {
        return new Terms(quota, opensAtMs, closesAtMs, cap, suspended, other, access, shards, reward);
    }

    /** The same for other players. */
    public Terms access(Access other) {
        return new Terms(quota, opensAtMs, closesAtMs, cap, suspended, rates, other, shards, reward);
    }

    /** The same over another number of hash slots. */
    public Terms shards(int other) {
        return new Terms(quota, opensAtMs, closesAtMs, cap, suspended, rates, access, other, reward);
    }
}
