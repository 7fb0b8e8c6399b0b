package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.Bounds;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.pipeline.domain.FactKey;

/**
 * An accepted join of an activity, which earns its reward.
 *
 * @param key the player and the join's id
 * @param activity 1-64 characters
 * @param joinedAtMs milliseconds since 1970
 * @param claimUntilMs {@link Grant#AT_ONCE}, or until when the reward may be claimed, in milliseconds since 1970
 */
public record JoinFact(FactKey key, String activity, Reward reward, long joinedAtMs, long claimUntilMs)
        implements Fact {
    public JoinFact {
        Bounds.visibleAscii("activity_id", activity, 64);
        Bounds.timeMs("joined_at_ms", joinedAtMs);
    }

    /** Whether the reward becomes the player's by itself. */
    public boolean isGivenAtOnce() {
        return claimUntilMs == Grant.AT_ONCE;
    }
}
