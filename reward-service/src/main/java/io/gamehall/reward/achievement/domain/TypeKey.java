package io.gamehall.reward.achievement.domain;

import java.util.Comparator;

/** One type of achievement in a set. */
public record TypeKey(SetKey set, String type) implements Comparable<TypeKey> {
    private static final Comparator<TypeKey> ORDER =
            Comparator.comparing(TypeKey::set).thenComparing(TypeKey::type);

    @Override
    public int compareTo(TypeKey other) {
        return ORDER.compare(this, other);
    }
}
