package io.gamehall.reward.grant.kafka;

import io.gamehall.reward.grant.DueChange;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.v1.Notice;
import io.gamehall.v1.Reward;
import io.gamehall.v1.RewardClaimable;
import io.gamehall.v1.RewardClaimed;
import io.gamehall.v1.RewardGranted;
import io.gamehall.v1.RewardRevoked;

/** What players are told of grants. Built from what never changes, so it is the same each time it is told. */
final class GrantNotices {
    private GrantNotices() {}

    /** It was given; what became of it since is told by notices of its own. */
    static Notice given(Grant grant) {
        var notice = notice(grant.id(), grant, grant.grantedAtMs());
        if (grant.isGivenAtOnce()) {
            notice.setRewardGranted(RewardGranted.newBuilder()
                    .setGrantId(grant.id())
                    .setSourceId(grant.key().id())
                    .setActivityId(grant.activity())
                    .setReward(reward(grant)));
        } else {
            notice.setRewardClaimable(RewardClaimable.newBuilder()
                    .setGrantId(grant.id())
                    .setSourceId(grant.key().id())
                    .setActivityId(grant.activity())
                    .setReward(reward(grant))
                    .setClaimUntilMs(grant.claimUntilMs()));
        }
        return notice.build();
    }

    /** Something became of it. */
    static Notice changed(DueChange due) {
        var grant = due.grant();
        var change = due.change();
        return switch (change.what()) {
            case CLAIMED ->
                notice("claim/" + grant.key().id(), grant, change.atMs())
                        .setRewardClaimed(RewardClaimed.newBuilder()
                                .setGrantId(grant.id())
                                .setSourceId(grant.key().id())
                                .setActivityId(grant.activity())
                                .setReward(reward(grant)))
                        .build();
            case REVOKED ->
                notice("revocation/" + grant.key().id(), grant, change.atMs())
                        .setRewardRevoked(revoked(grant, change))
                        .build();
        };
    }

    private static RewardRevoked.Builder revoked(Grant grant, GrantChange change) {
        return RewardRevoked.newBuilder()
                .setGrantId(grant.id())
                .setSourceId(grant.key().id())
                .setActivityId(grant.activity())
                .setReward(reward(grant))
                .setWhy(change.why())
                .setTakenBack(-change.delta());
    }

    private static Notice.Builder notice(String id, Grant grant, long atMs) {
        return Notice.newBuilder()
                .setNoticeId(id)
                .setPlayerId(grant.key().player())
                .setAtMs(atMs);
    }

    private static Reward.Builder reward(Grant grant) {
        return Reward.newBuilder()
                .setKind(grant.reward().kind())
                .setName(grant.reward().name())
                .setAmount(grant.reward().amount())
                .setClaimed(!grant.isGivenAtOnce());
    }
}
