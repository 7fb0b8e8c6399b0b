package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.join.Ledger.LedgerRow;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What stands or falls together of an activity's counters: one shard, which lies in one process of Redis.
 *
 * @param number counted from 0
 */
public record Part(Activity activity, int number) {
    /** Names a part, whatever the activity's terms are at the moment. */
    public record Id(ActivityId activity, int number) {}

    /** All parts of an activity. */
    public static List<Part> of(Activity activity) {
        return IntStream.range(0, activity.terms().shards())
                .mapToObj(shard -> new Part(activity, shard))
                .toList();
    }

    public Id id() {
        return new Id(activity.id(), number);
    }

    /** Those of the joins for which this part decides. */
    public List<LedgerRow> held(List<LedgerRow> rows) {
        var shards = activity.terms().shards();
        return rows.stream()
                .filter(row -> Shards.homeOf(row.player(), shards) == number)
                .toList();
    }

    @Override
    public String toString() {
        return number == 0 ? activity.id().value() : activity.id().value() + "/" + number;
    }
}
