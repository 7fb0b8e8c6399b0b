package io.gamehall.reward.grant.domain;

import io.gamehall.reward.grant.domain.Granting.Change;
import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How joins become grants. Pure; however the same joins are cut into batches or repeated, they come to the same. */
public final class GrantRules {
    private GrantRules() {}

    /**
     * Grants the rewards of a batch of joins; what need not be claimed is added to what their players hold.
     *
     * @param joins the batch
     * @param known the grants that stand recorded for joins of the batch
     * @param balances what the joins' players hold; absent means {@link Balance#NONE}
     * @throws ArithmeticException if a sum leaves 64 bits
     */
    public static Granting grant(List<JoinFact> joins, Map<FactKey, Grant> known, Map<HoldingKey, Balance> balances) {
        var effects = new ArrayList<Effect<Grant>>(joins.size());
        var fresh = new TreeMap<FactKey, Grant>();
        var changes = new TreeMap<HoldingKey, Change>();
        for (var join : joins) {
            var before = known.get(join.key());
            var twin = fresh.get(join.key());
            if (before != null) {
                effects.add(new Effect<>(before, false));
            } else if (twin != null) {
                effects.add(new Effect<>(twin, false));
            } else {
                var grant = Grant.of(join);
                fresh.put(join.key(), grant);
                if (grant.isGivenAtOnce()) add(grant, balances, changes);
                effects.add(new Effect<>(grant, true));
            }
        }
        return new Granting(effects, fresh, changes);
    }

    private static void add(Grant grant, Map<HoldingKey, Balance> balances, Map<HoldingKey, Change> changes) {
        changes.compute(grant.holding(), (key, now) -> {
            var before = now == null ? balances.getOrDefault(key, Balance.NONE) : now.before();
            var present = now == null ? before : now.after();
            return new Change(before, present.plus(grant.reward()));
        });
    }
}
