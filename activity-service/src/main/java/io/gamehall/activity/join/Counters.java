package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The counters and marks by which joins are decided, as seen by who has to bring them back. */
public interface Counters {
    /** Whether the activity's counters are there. */
    Uni<Boolean> isOpen(Activity activity);

    /** Gathers marks for {@link #open}. They have no effect yet, and are dropped some minutes after the last call. */
    Uni<Void> stage(Activity activity, String rebuild, List<LedgerRow> rows);

    /** From now on the activity takes joins, knowing those gathered. Without effect when it is open. */
    Uni<Void> open(Activity activity, String rebuild, long taken);
}
