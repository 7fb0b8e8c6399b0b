package io.gamehall.hallctl.facts;

import io.gamehall.v1.GameResult.Outcome;

/**
 * What facts of a player come to.
 *
 * @param total score, or points
 * @param facts how many are in it
 */
public record Sums(long total, long wins, long losses, long draws, long disputed, long facts) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

    static Sums points(long total, long facts) {
        return new Sums(total, 0, 0, 0, 0, facts);
    }

    Sums plus(RoundFact fact) {
        return new Sums(
                total + fact.delta(),
                wins + one(fact, Outcome.WON),
                losses + one(fact, Outcome.LOST),
                draws + one(fact, Outcome.DRAWN),
                disputed + one(fact, Outcome.DISPUTED_ROUND),
                facts + 1);
    }

    Sums plus(JoinFact fact) {
        return points(total + fact.amount(), facts + 1);
    }

    private static int one(RoundFact fact, Outcome outcome) {
        return fact.outcome() == outcome ? 1 : 0;
    }
}
