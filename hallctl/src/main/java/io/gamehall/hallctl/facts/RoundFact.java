package io.gamehall.hallctl.facts;

import io.gamehall.v1.GameResult;
import io.gamehall.v1.GameResult.Outcome;

/**
 * A settled round of a player.
 *
 * @param score as reported; a disputed round changes nothing
 * @param atMs milliseconds since 1970
 */
public record RoundFact(long player, String id, long number, Outcome outcome, int score, long atMs)
        implements LoadFact {
    /** What all of them were played at. */
    public static final String GAME = "upgrade";

    @Override
    public FactKind kind() {
        return FactKind.RESULTS;
    }

    /** Change of the player's score. */
    public int delta() {
        return outcome == Outcome.DISPUTED_ROUND ? 0 : score;
    }

    @Override
    public byte[] value() {
        return GameResult.newBuilder()
                .setFactId(id)
                .setPlayerId(player)
                .setRegion("load")
                .setGame(GAME)
                .setRoomId("load-1")
                .setTable(1)
                .setRound(number)
                .setOutcome(outcome)
                .setScore(score)
                .setSettledAtMs(atMs)
                .build()
                .toByteArray();
    }
}
