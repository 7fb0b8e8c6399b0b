package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.domain.Join;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The lasting record of all joins, each once. Lags behind the joins by what is on its way through Kafka. */
public interface Ledger {
    /** A join as the ledger keeps it. */
    record LedgerRow(long player, int ordinal, long joinedAtMs) {}

    /**
     * Writes joins; those that stand there already stay as they are. All or none.
     *
     * <p>Fails with {@link Unacceptable} when the data is at fault, with anything else when trying again may help.
     */
    Uni<Void> write(List<Join> joins);

    /** A page of an activity's joins, in a fixed order, behind that row. */
    Uni<List<LedgerRow>> page(Activity activity, Optional<LedgerRow> after, int max);

    /** Joins before the first of two moments, and until the second; in ms, by the clock of Redis. */
    record Counted(long before, long until) {}

    Uni<Counted> count(Activity activity, long beforeMs, long untilMs);

    /** Those of the joins that the ledger does not have. */
    Uni<List<LedgerRow>> missing(Activity activity, List<LedgerRow> rows);

    /** Whether the player has a join of an activity. */
    Uni<Boolean> hasJoin(ActivityId activity, long player);

    /** The ledger will never take one of these joins. */
    final class Unacceptable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unacceptable(String message) {
            super(message, null, false, false);
        }
    }
}
