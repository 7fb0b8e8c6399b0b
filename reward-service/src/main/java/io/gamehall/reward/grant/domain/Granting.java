package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a batch of joins comes to.
 *
 * @param effects of each join, in the order of the batch
 * @param fresh the grants to be recorded
 * @param changes the balances to be written: of what is given at once
 */
public record Granting(
        List<Effect<Grant>> effects, SortedMap<FactKey, Grant> fresh, SortedMap<HoldingKey, Change> changes) {
    public Granting {
        effects = List.copyOf(effects);
        fresh = Collections.unmodifiableSortedMap(new TreeMap<>(fresh));
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** A balance before and after the batch. */
    public record Change(Balance before, Balance after) {}
}
