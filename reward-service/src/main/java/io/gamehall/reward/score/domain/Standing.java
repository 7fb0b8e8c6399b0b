package io.gamehall.reward.score.domain;

/**
 * What a fact did to its player's score; recorded with the fact, so that a repeat tells the same.
 *
 * @param delta change of the score
 * @param score after the change
 * @param wins after the change
 * @param losses after the change
 */
public record Standing(int delta, long score, long wins, long losses) {
    static Standing of(ScoreFact fact, Score after) {
        return new Standing(fact.delta(), after.score(), after.wins(), after.losses());
    }
}
