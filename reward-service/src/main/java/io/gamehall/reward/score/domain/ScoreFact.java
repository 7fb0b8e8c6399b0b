package io.gamehall.reward.score.domain;

import io.gamehall.reward.pipeline.domain.Bounds;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.pipeline.domain.FactKey;

/**
 * A settled round of one player.
 *
 * @param key tells repeats
 * @param game what was played
 * @param round where and which
 * @param outcome how it ended for the player
 * @param delta change of the score, -1,000,000 to 1,000,000; 0 if disputed
 * @param settledAtMs milliseconds since 1970
 */
public record ScoreFact(FactKey key, String game, Round round, Outcome outcome, int delta, long settledAtMs)
        implements Fact {
    private static final int DELTA_MAX = 1_000_000;

    /** A round at a table. */
    public record Round(String room, int table, long number) {
        public Round {
            Bounds.visibleAscii("room_id", room, 128);
        }
    }

    /** How a round ended for a player. */
    public enum Outcome {
        WON,
        LOST,
        DRAWN,
        /** The reports had no majority: counted, but without effect on the score. */
        DISPUTED
    }

    public ScoreFact {
        Bounds.visibleAscii("game", game, 32);
        Bounds.between("score", delta, -DELTA_MAX, DELTA_MAX);
        Bounds.timeMs("settled_at_ms", settledAtMs);
        if (outcome == Outcome.DISPUTED) delta = 0;
    }

    /** The score it changes. */
    public ScoreKey scoreKey() {
        return new ScoreKey(key.player(), game);
    }
}
