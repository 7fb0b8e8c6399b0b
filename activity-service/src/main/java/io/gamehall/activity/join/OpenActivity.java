package io.gamehall.activity.join;

import io.gamehall.activity.catalog.ActivityStore;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.platform.AskedOnce;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Brings the counters of an activity to Redis that are not there. An activity that never took a join opens at once.
 * Any other has lost its counters: they are rebuilt from the ledger, after everything that was accepted before has
 * arrived there, so that neither quota nor a player's joins are given twice. Meanwhile it takes no joins.
 *
 * <p>One rebuild at a time for each activity in this process; of several processes the first to finish wins.
 */
@ApplicationScoped
public class OpenActivity {
    private static final Logger LOG = Logger.getLogger(OpenActivity.class);
    private static final int PAGE = 5_000;

    private final ActivityStore store;
    private final Counters counters;
    private final Ledger ledger;
    private final LedgerProgress progress;
    private final JoinSettings settings;
    private final JoinMeters meters;
    private final Map<ActivityId, Uni<Void>> running = new ConcurrentHashMap<>();

    public OpenActivity(
            ActivityStore store,
            Counters counters,
            Ledger ledger,
            LedgerProgress progress,
            JoinSettings settings,
            JoinMeters meters) {
        this.store = store;
        this.counters = counters;
        this.ledger = ledger;
        this.progress = progress;
        this.settings = settings;
        this.meters = meters;
    }

    /** Completes when the activity is open. A caller that stops waiting does not stop the rebuild. */
    public Uni<Void> open(Activity activity) {
        return running.computeIfAbsent(
                activity.id(),
                id -> AskedOnce.of(start(activity).onTermination().invoke(() -> running.remove(id))));
    }

    private Uni<Void> start(Activity activity) {
        return store.markOpened(activity.id()).chain(first -> {
            if (first) return counters.open(activity, newRebuild(), 0);
            return rebuild(activity)
                    .onFailure()
                    .invoke(failure -> LOG.warnf("Could not rebuild %s, will try again: %s", activity.id(), failure));
        });
    }

    private Uni<Void> rebuild(Activity activity) {
        // What was decided before the loss may still be on its way to Kafka.
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(settings.reopenGrace())
                .chain(() -> counters.isOpen(activity))
                .chain(open -> open ? Uni.createFrom().voidItem() : fromLedger(activity));
    }

    private Uni<Void> fromLedger(Activity activity) {
        LOG.warnf("Redis has lost the counters of %s: rebuilding them from the ledger", activity.id());
        var rebuild = newRebuild();
        return progress.caughtUp()
                .chain(() -> stageFrom(activity, rebuild, Optional.empty(), 0))
                .chain(taken -> counters.open(activity, rebuild, taken).invoke(() -> {
                    meters.rebuilt();
                    LOG.infof("%s takes joins again, knowing %d", activity.id(), taken);
                }));
    }

    /** Stages page by page; gives the number of joins. */
    private Uni<Long> stageFrom(Activity activity, String rebuild, Optional<LedgerRow> after, long staged) {
        return ledger.page(activity, after, PAGE).chain(rows -> {
            if (rows.isEmpty()) return Uni.createFrom().item(staged);
            return counters.stage(activity, rebuild, List.copyOf(rows))
                    .chain(() -> stageFrom(activity, rebuild, Optional.of(rows.getLast()), staged + rows.size()));
        });
    }

    private static String newRebuild() {
        return UUID.randomUUID().toString();
    }
}
