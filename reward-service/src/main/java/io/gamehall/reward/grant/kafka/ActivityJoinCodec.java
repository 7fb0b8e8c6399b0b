package io.gamehall.reward.grant.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.pipeline.kafka.FactCodec;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.Notice;
import io.gamehall.v1.RewardGranted;

/** Joins in, grants out. */
final class ActivityJoinCodec implements FactCodec<JoinFact, Grant> {
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
                join.getJoinedAtMs());
    }

    @Override
    public Notice notice(JoinFact join, Grant grant) {
        return Notice.newBuilder()
                .setNoticeId(grant.id())
                .setPlayerId(grant.key().player())
                .setAtMs(grant.grantedAtMs())
                .setRewardGranted(RewardGranted.newBuilder()
                        .setGrantId(grant.id())
                        .setSourceId(grant.key().id())
                        .setActivityId(grant.activity())
                        .setReward(io.gamehall.v1.Reward.newBuilder()
                                .setKind(grant.reward().kind())
                                .setName(grant.reward().name())
                                .setAmount(grant.reward().amount())))
                .build();
    }
}
