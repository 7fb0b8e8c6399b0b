package io.gamehall.reward.score.domain;

import java.util.Comparator;

/** Whose score in which game. Rows are written in this order. */
public record ScoreKey(long player, String game) implements Comparable<ScoreKey> {
    private static final Comparator<ScoreKey> ORDER =
            Comparator.comparingLong(ScoreKey::player).thenComparing(ScoreKey::game);

    @Override
    public int compareTo(ScoreKey other) {
        return ORDER.compare(this, other);
    }
}
