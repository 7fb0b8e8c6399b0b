package io.gamehall.reward.grant.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What some players hold, beside the sums of their ledgers, both as of one moment.
 *
 * @param balances as they are kept
 * @param ledger as the ledger explains them
 * @param lastPlayer the last of these players; empty: there is none after them
 */
public record BalanceCheck(Map<HoldingKey, Long> balances, Map<HoldingKey, Long> ledger, OptionalLong lastPlayer) {
    public BalanceCheck {
        balances = Map.copyOf(balances);
        ledger = Map.copyOf(ledger);
    }

    /** A balance that the ledger does not explain. */
    public record Drift(HoldingKey key, long balance, long ledger) {}

    /** How many balances there are. */
    public int size() {
        return keys().size();
    }

    /** Those that differ, in the order of their keys; what is not there counts as 0. */
    public List<Drift> drifts() {
        var drifts = new ArrayList<Drift>();
        for (var key : keys()) {
            long balance = balances.getOrDefault(key, 0L);
            long sum = ledger.getOrDefault(key, 0L);
            if (balance != sum) drifts.add(new Drift(key, balance, sum));
        }
        return drifts;
    }

    private TreeSet<HoldingKey> keys() {
        var keys = new TreeSet<>(balances.keySet());
        keys.addAll(ledger.keySet());
        return keys;
    }
}
