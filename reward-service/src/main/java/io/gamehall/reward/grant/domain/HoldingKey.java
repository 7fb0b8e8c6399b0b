package io.gamehall.reward.grant.domain;

import java.util.Comparator;

/**
 * Names something that a player may hold. Rows are written in this order, so that two writers never wait for each other
 * in a circle.
 *
 * @param kind and {@code name} as in {@link Reward}
 */
public record HoldingKey(long player, String kind, String name) implements Comparable<HoldingKey> {
    private static final Comparator<HoldingKey> ORDER = Comparator.comparingLong(HoldingKey::player)
            .thenComparing(HoldingKey::kind)
            .thenComparing(HoldingKey::name);

    /** The points a player holds. */
    public static HoldingKey points(long player) {
        return new HoldingKey(player, Reward.POINTS, Reward.POINTS);
    }

    /** What a reward adds to. The name of points is for people: there is but one kind of them. */
    public static HoldingKey of(long player, Reward reward) {
        return reward.isPoints() ? points(player) : new HoldingKey(player, reward.kind(), reward.name());
    }

    public boolean isPoints() {
        return kind.equals(Reward.POINTS);
    }

    @Override
    public int compareTo(HoldingKey other) {
        return ORDER.compare(this, other);
    }
}
