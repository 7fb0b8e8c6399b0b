package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.Bounds;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.pipeline.domain.FactKey;

/**
 * An accepted join of an activity, which earns its reward at once.
 *
 * @param key the player and the join's id
 * @param activity 1-64 characters
 * @param joinedAtMs milliseconds since 1970
 */
public record JoinFact(FactKey key, String activity, Reward reward, long joinedAtMs) implements Fact {
    public JoinFact {
        Bounds.visibleAscii("activity_id", activity, 64);
        Bounds.timeMs("joined_at_ms", joinedAtMs);
    }
}
