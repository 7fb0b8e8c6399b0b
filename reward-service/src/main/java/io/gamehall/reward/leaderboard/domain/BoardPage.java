package io.gamehall.reward.leaderboard.domain;

import java.util.List;
import java.util.Optional;

/**
 * A part of a game's board. Higher scores come first; of equal ones, the player of the lower id.
 *
 * @param ranked players on the board
 * @param hasMore whether further players have played, who are not good enough to be ranked
 * @param places in the order of their ranks, which follow one another
 */
public record BoardPage(long ranked, boolean hasMore, List<Place> places) {
    /** Where nobody has played. */
    public static final BoardPage EMPTY = new BoardPage(0, false, List.of());

    public BoardPage {
        places = List.copyOf(places);
    }

    /** @param rank from 1 on */
    public record Place(long rank, long player, long score) {}

    /** The place of a player, if it is on this part. */
    public Optional<Place> of(long player) {
        return places.stream().filter(place -> place.player() == player).findFirst();
    }
}
