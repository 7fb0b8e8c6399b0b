package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.Bounds;
import java.util.Set;

/**
 * What is given.
 *
 * @param kind {@code points}, {@code item} or {@code title}
 * @param name of the item or title, 1-64 characters; {@code points} for points
 * @param amount 1 to 1,000,000,000
 */
public record Reward(String kind, String name, long amount) {
    static final String POINTS = "points";
    private static final Set<String> KINDS = Set.of(POINTS, "item", "title");
    private static final long AMOUNT_MAX = 1_000_000_000;

    public Reward {
        if (!KINDS.contains(kind)) throw new IllegalArgumentException("reward.kind is not one of points, item, title");
        Bounds.text("reward.name", name, 64);
        Bounds.between("reward.amount", amount, 1, AMOUNT_MAX);
    }

    public boolean isPoints() {
        return kind.equals(POINTS);
    }
}
