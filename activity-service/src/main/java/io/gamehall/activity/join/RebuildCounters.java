package io.gamehall.activity.join;

import io.gamehall.activity.join.Counters.Rebuild;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings what the ledger knows of an activity to Redis, and opens it. What Redis still has stays: marks are only added,
 * so a join that waits in the outbox is not forgotten, and the count is that of the marks. Of several processes one does
 * it; if it dies, another may begin after some seconds.
 */
@Singleton
class RebuildCounters {
    private static final Logger LOG = Logger.getLogger(RebuildCounters.class);
    private static final int PAGE = 2_000;

    private final Counters counters;
    private final Ledger ledger;
    private final Epochs epochs;
    private final JoinMeters meters;

    RebuildCounters(Counters counters, Ledger ledger, Epochs epochs, JoinMeters meters) {
        this.counters = counters;
        this.ledger = ledger;
        this.epochs = epochs;
        this.meters = meters;
    }

    /** For an activity of which no join exists. */
    Uni<Void> begin(Part part, Rebuild rebuild) {
        return counters.claim(part, rebuild, epochs.of(part.id()))
                .chain(claimed -> claimed ? open(part, rebuild).replaceWithVoid() : nothing());
    }

    /** When the ledger is complete. Fails with {@link Counters.Superseded} when somebody else is, or was, about it. */
    Uni<Void> fromLedger(Part part, Rebuild rebuild) {
        return counters.claim(part, rebuild, epochs.of(part.id()))
                .chain(claimed -> claimed
                        ? stageFrom(part, rebuild, Optional.empty())
                                .chain(() -> open(part, rebuild))
                                .invoke(known -> {
                                    meters.rebuilt();
                                    LOG.infof("%s takes joins again, knowing %d", part, known);
                                })
                                .replaceWithVoid()
                        : nothing());
    }

    private Uni<Long> open(Part part, Rebuild rebuild) {
        return epochs.raise(part.id())
                .chain(epoch -> counters.open(part, rebuild, epoch).invoke(() -> epochs.learn(part.id(), epoch)));
    }

    private Uni<Void> stageFrom(Part part, Rebuild rebuild, Optional<LedgerRow> after) {
        return ledger.page(part.activity(), after, PAGE).chain(rows -> {
            if (rows.isEmpty()) return nothing();
            return counters.stage(part, rebuild, part.held(rows))
                    .chain(() -> stageFrom(part, rebuild, Optional.of(rows.getLast())));
        });
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
