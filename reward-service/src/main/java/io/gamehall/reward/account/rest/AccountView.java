package io.gamehall.reward.account.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.account.domain.Account;
import io.gamehall.reward.account.domain.Account.GameScore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * An account as JSON.
 *
 * @param playerId decimal digits in a string, because JavaScript's numbers end at 53 bits
 */
@RegisterForReflection
public record AccountView(
        @JsonProperty("player_id") String playerId, String name, String region, long points, List<GameView> games) {
    static AccountView of(Account account) {
        return new AccountView(
                Long.toUnsignedString(account.player()),
                account.registration().name(),
                account.registration().region(),
                account.points(),
                account.games().stream().map(GameView::of).toList());
    }

    /** The standing in one game. */
    @RegisterForReflection
    public record GameView(String game, long score, long wins, long losses, long draws, long disputed) {
        static GameView of(GameScore game) {
            return new GameView(game.game(), game.score(), game.wins(), game.losses(), game.draws(), game.disputed());
        }
    }
}
