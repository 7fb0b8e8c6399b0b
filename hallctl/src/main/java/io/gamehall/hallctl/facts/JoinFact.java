package io.gamehall.hallctl.facts;

import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.Reward;

/**
 * An accepted join of an activity, and what is given for it.
 *
 * @param reward {@code points}, {@code item} or {@code title}
 * @param atMs milliseconds since 1970
 */
public record JoinFact(long player, String id, long number, String activity, String reward, long amount, long atMs)
        implements LoadFact {
    /** Of a reward that is added up. */
    public static final String POINTS = "points";

    @Override
    public FactKind kind() {
        return FactKind.JOINS;
    }

    public boolean givesPoints() {
        return reward.equals(POINTS);
    }

    @Override
    public byte[] value() {
        return ActivityJoin.newBuilder()
                .setJoinId(id)
                .setActivityId(activity)
                .setPlayerId(player)
                .setOrdinal((int) number + 1)
                .setRegion("load")
                .setJoinedAtMs(atMs)
                .setReward(Reward.newBuilder()
                        .setKind(reward)
                        .setName(givesPoints() ? POINTS : "load-" + reward)
                        .setAmount(amount))
                .build()
                .toByteArray();
    }
}
