package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.FactKey;

/**
 * A reward given to a player.
 *
 * @param key the player and what it was given for: the id of the join
 * @param grantedAtMs milliseconds since 1970, by the clock that dated the join
 */
public record Grant(FactKey key, String activity, Reward reward, long grantedAtMs) {
    static Grant of(JoinFact join) {
        return new Grant(join.key(), join.activity(), join.reward(), join.joinedAtMs());
    }

    /** Names the grant for ever, derived from its source: given again, it is the same grant. */
    public String id() {
        return "grant/" + key.id();
    }
}
