package io.gamehall.reward.achievement.domain;

import java.util.Comparator;

/**
 * Whose achievements. Rows are written in this order.
 *
 * @param role {@link Role#key()}
 */
public record SetKey(long player, String role) implements Comparable<SetKey> {
    private static final Comparator<SetKey> ORDER =
            Comparator.comparingLong(SetKey::player).thenComparing(SetKey::role);

    @Override
    public int compareTo(SetKey other) {
        return ORDER.compare(this, other);
    }
}
