package io.gamehall.room.domain;

/**
 * What a round changes for one player.
 *
 * @param points positive: won, negative: lost, 0: drawn; between -1,000,000 and 1,000,000
 */
public record Score(PlayerId player, int points) {
    public static final int POINTS_MAX = 1_000_000;

    public Score {
        if (points > POINTS_MAX || points < -POINTS_MAX) {
            throw new IllegalArgumentException("A score is between -1,000,000 and 1,000,000, not " + points);
        }
    }
}
