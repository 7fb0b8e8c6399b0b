package io.gamehall.reward.score;

import io.gamehall.reward.score.domain.Score;
import io.gamehall.reward.score.domain.ScoreKey;
import io.smallrye.mutiny.Uni;
import java.util.SortedMap;

/** Whoever shows scores elsewhere and is told of each that was committed. */
public interface ScoreNews {
    /**
     * These scores stand in the database. Told at least once: again when a batch is repeated, and of two calls the later
     * one may bring the older scores; their versions tell which are newer. The batch is not over before this is.
     *
     * @param scores as they were when they were read or written
     * @param asOfNanos when that began, at the latest, by {@link System#nanoTime()}
     * @return nothing; or fails with a {@link io.gamehall.reward.store.StoreFault}: then the batch is repeated
     */
    Uni<Void> committed(SortedMap<ScoreKey, Score> scores, long asOfNanos);
}
