package io.gamehall.reward.leaderboard.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.leaderboard.ShowBoards.Shown;
import io.gamehall.reward.leaderboard.domain.BoardPage.Place;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A part of a leaderboard as JSON.
 *
 * @param ranked players who have a rank
 * @param moreUnranked whether others have played, who are too far down to have one
 */
@RegisterForReflection
public record LeaderboardView(
        String game,
        String region,
        long ranked,
        @JsonProperty("more_unranked") boolean moreUnranked,
        List<PlaceView> places) {
    static LeaderboardView of(String game, String region, Shown shown) {
        return new LeaderboardView(
                game,
                region,
                shown.page().ranked(),
                shown.page().hasMore(),
                shown.page().places().stream()
                        .map(place -> PlaceView.of(place, shown.names().get(place.player())))
                        .toList());
    }

    /**
     * A place.
     *
     * @param playerId decimal digits in a string, because JavaScript's numbers end at 53 bits
     * @param name left out where there is no such account (any more), or it can't be looked up just now
     */
    @RegisterForReflection
    public record PlaceView(
            long rank,
            @JsonProperty("player_id") String playerId,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name,
            long score) {
        static PlaceView of(Place place, String name) {
            return new PlaceView(place.rank(), Long.toUnsignedString(place.player()), name, place.score());
        }
    }

    /**
     * A player's own rank as JSON.
     *
     * @param rank left out, as the score, if the player has none
     * @param board the places around it
     */
    @RegisterForReflection
    public record MyRankView(
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long score,
            LeaderboardView board) {
        static MyRankView of(String game, String region, long player, Shown shown) {
            var mine = shown.page().of(player);
            return new MyRankView(
                    mine.map(Place::rank).orElse(null),
                    mine.map(Place::score).orElse(null),
                    LeaderboardView.of(game, region, shown));
        }
    }
}
