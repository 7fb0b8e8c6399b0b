package io.gamehall.reward.score.domain;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.score.domain.Settlement.Change;
import io.gamehall.reward.score.domain.Settlement.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How rounds make scores. Pure; however the same facts are cut into batches or repeated, they come to the same. */
public final class ScoreRules {
    private ScoreRules() {}

    /**
     * Adds a batch of facts to scores.
     *
     * @param facts the batch; of one player, in the order of effect
     * @param known those of the facts that stand recorded, with what they did
     * @param scores the present scores of the facts' players and games; absent means {@link Score#NONE}
     * @throws ArithmeticException if a score leaves 64 bits
     */
    public static Settlement settle(List<ScoreFact> facts, Map<FactKey, Standing> known, Map<ScoreKey, Score> scores) {
        var effects = new ArrayList<Effect<Standing>>(facts.size());
        var fresh = new TreeMap<FactKey, Settled>();
        var changes = new TreeMap<ScoreKey, Change>();
        for (var fact : facts) {
            var before = known.get(fact.key());
            var twin = fresh.get(fact.key());
            if (before != null) {
                effects.add(new Effect<>(before, false));
            } else if (twin != null) {
                effects.add(new Effect<>(twin.after(), false));
            } else {
                var change = changes.compute(
                        fact.scoreKey(), (_, now) -> now == null ? first(fact, scores) : next(fact, now));
                var after = Standing.of(fact, change.after());
                fresh.put(fact.key(), new Settled(fact, after));
                effects.add(new Effect<>(after, true));
            }
        }
        return new Settlement(effects, fresh, changes);
    }

    private static Change first(ScoreFact fact, Map<ScoreKey, Score> scores) {
        var score = scores.getOrDefault(fact.scoreKey(), Score.NONE);
        return new Change(score, score.plus(fact));
    }

    private static Change next(ScoreFact fact, Change now) {
        return new Change(now.before(), now.after().plus(fact));
    }
}
