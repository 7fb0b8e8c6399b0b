package io.gamehall.activity.catalog.domain;

/**
 * A token bucket for each player: each attempt costs one token.
 *
 * @param perSecond tokens that come back in a second, 1-{@value #MAX}
 * @param burst tokens in a full bucket, 1-{@value #MAX}
 */
public record PlayerRate(int perSecond, int burst) {
    public static final int MAX = 1_000;
    /** For activities that set none. */
    public static final PlayerRate USUAL = new PlayerRate(10, 20);

    public PlayerRate {
        if (perSecond < 1 || perSecond > MAX) throw new IllegalArgumentException("perSecond " + perSecond);
        if (burst < 1 || burst > MAX) throw new IllegalArgumentException("burst " + burst);
    }

    /** Time in which one token comes back, in microseconds. */
    public long intervalMicros() {
        return 1_000_000L / perSecond;
    }
}
