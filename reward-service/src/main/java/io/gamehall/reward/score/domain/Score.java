package io.gamehall.reward.score.domain;

import io.gamehall.reward.score.domain.ScoreFact.Outcome;

/**
 * A player's standing in a game.
 *
 * @param score sum of all deltas
 * @param version number of facts in it
 */
public record Score(long score, long wins, long losses, long draws, long disputed, long version) {
    /** Before the first round. */
    public static final Score NONE = new Score(0, 0, 0, 0, 0, 0);

    /** @throws ArithmeticException if a sum leaves 64 bits */
    Score plus(ScoreFact fact) {
        return new Score(
                Math.addExact(score, fact.delta()),
                wins + one(fact, Outcome.WON),
                losses + one(fact, Outcome.LOST),
                draws + one(fact, Outcome.DRAWN),
                disputed + one(fact, Outcome.DISPUTED),
                version + 1);
    }

    private static int one(ScoreFact fact, Outcome outcome) {
        return fact.outcome() == outcome ? 1 : 0;
    }
}
