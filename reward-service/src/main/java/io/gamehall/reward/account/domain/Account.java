package io.gamehall.reward.account.domain;

import java.util.List;
import java.util.Optional;

/**
 * What a player has.
 *
 * @param points the player holds
 * @param games those with a settled round, by name
 */
public record Account(long player, Registration registration, long points, List<GameScore> games) {
    public Account {
        games = List.copyOf(games);
    }

    /** The player's standing in one game. */
    public record GameScore(String game, long score, long wins, long losses, long draws, long disputed) {}

    /**
     * The account as it was registered, and where it is.
     *
     * @param otherRegion where it goes to, comes from or lives now; empty unless it moves or has moved
     */
    public record Registration(String name, String region, State state, Optional<String> otherRegion) {
        /** Of an account that lives here. */
        public static Registration live(String name, String region) {
            return new Registration(name, region, State.LIVE, Optional.empty());
        }
    }

    /** Where an account is: the values of its column. */
    public enum State {
        LIVE,
        LEAVING,
        ARRIVING,
        LEFT
    }
}
