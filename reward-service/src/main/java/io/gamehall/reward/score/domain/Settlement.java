package io.gamehall.reward.score.domain;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a batch of settled rounds comes to.
 *
 * @param effects of each fact, in the order of the batch
 * @param fresh the facts to be recorded
 * @param changes the rows to be written
 */
public record Settlement(
        List<Effect<Standing>> effects, SortedMap<FactKey, Settled> fresh, SortedMap<ScoreKey, Change> changes) {
    public Settlement {
        effects = List.copyOf(effects);
        fresh = Collections.unmodifiableSortedMap(new TreeMap<>(fresh));
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** A fact and the standing after it. */
    public record Settled(ScoreFact fact, Standing after) {}

    /** A score before and after the batch. */
    public record Change(Score before, Score after) {}
}
