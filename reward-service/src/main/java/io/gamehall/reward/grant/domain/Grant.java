package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.FactKey;

/**
 * A reward given to a player, as it was given: what became of it since, {@link StandingGrant} knows.
 *
 * @param key the player and what it was given for: the id of the join
 * @param grantedAtMs milliseconds since 1970, by the clock that dated the join
 * @param claimUntilMs {@link #AT_ONCE}, or the first millisecond since 1970 at which it is too late to claim it
 */
public record Grant(FactKey key, String activity, Reward reward, long grantedAtMs, long claimUntilMs) {
    /** It need not be claimed. */
    public static final long AT_ONCE = 0;

    private static final String PREFIX = "grant/";

    static Grant of(JoinFact join) {
        return new Grant(join.key(), join.activity(), join.reward(), join.joinedAtMs(), join.claimUntilMs());
    }

    /** Names the grant for ever, derived from its source: given again, it is the same grant. */
    public String id() {
        return PREFIX + key.id();
    }

    /**
     * The key of a player's grant of that id.
     *
     * @throws IllegalArgumentException if no grant can have such an id
     */
    public static FactKey key(long player, String id) {
        if (!id.startsWith(PREFIX)) throw new IllegalArgumentException("A grant's id begins with " + PREFIX);
        return new FactKey(player, id.substring(PREFIX.length()));
    }

    /** Whether it became the player's by itself. */
    public boolean isGivenAtOnce() {
        return claimUntilMs == AT_ONCE;
    }

    /** What it adds to. */
    public HoldingKey holding() {
        return HoldingKey.of(key.player(), reward);
    }
}
