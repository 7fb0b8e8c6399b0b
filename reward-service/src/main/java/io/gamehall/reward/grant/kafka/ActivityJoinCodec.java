package io.gamehall.reward.grant.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.pipeline.kafka.FactCodec;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.Notice;
import java.time.Duration;
import java.util.Optional;

/** Joins in, grants out. */
final class ActivityJoinCodec implements FactCodec<JoinFact, Grant> {
    private final long claimWindowMs;

    ActivityJoinCodec(Duration claimWindow) {
        this.claimWindowMs = claimWindow.toMillis();
    }

    @Override
    public String kind() {
        return "join";
    }

    @Override
    public JoinFact decode(byte[] value, long timestampMs) throws InvalidProtocolBufferException {
        var join = ActivityJoin.parseFrom(value);
        if (!join.hasReward()) throw new IllegalArgumentException("reward is missing");
        var reward = join.getReward();
        return new JoinFact(
                new FactKey(join.getPlayerId(), join.getJoinId()),
                join.getActivityId(),
                new Reward(reward.getKind(), reward.getName(), reward.getAmount()),
                join.getJoinedAtMs(),
                // By the join's own time: whenever and wherever it is handled, the row is the same.
                reward.getClaimed() ? join.getJoinedAtMs() + claimWindowMs : Grant.AT_ONCE);
    }

    @Override
    public Optional<Notice> notice(JoinFact join, Grant grant) {
        return Optional.of(GrantNotices.given(grant));
    }
}
