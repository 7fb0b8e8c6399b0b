package io.gamehall.reward.account.domain;

import java.util.List;

/**
 * What a player has.
 *
 * @param points the player holds
 * @param games those with a settled round, by name
 */
public record Account(long player, String name, String region, long points, List<GameScore> games) {
    public Account {
        games = List.copyOf(games);
    }

    /** The player's standing in one game. */
    public record GameScore(String game, long score, long wins, long losses, long draws, long disputed) {}

    /** Name and region as the registration has them. */
    public record Registration(String name, String region) {}
}
