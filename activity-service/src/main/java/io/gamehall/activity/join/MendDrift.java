package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes Redis and the ledger say the same, in the direction that can't give quota twice nor break a promise: a join that
 * the ledger has is marked and counted in Redis; a join that is marked in Redis, and is neither in the outbox nor in the
 * ledger, was promised, so it is published again; the count becomes that of the marks. A count above the marks belongs
 * to nobody and is handed back at once: a join is marked and counted in one step, so none can be between the two.
 */
@Singleton
class MendDrift {
    private static final Logger LOG = Logger.getLogger(MendDrift.class);
    private static final int PAGE = 1_000;
    private static final int PUBLISHED_AGAIN_MAX = 10_000;

    private final Counters counters;
    private final Ledger ledger;
    private final JoinEvents events;
    private final JoinMeters meters;
    private final JoinSettings settings;
    private final Cell cell;
    /** Ids of joins. What the ledger does not take again ends in the dead letters: once is enough. */
    private final Set<String> publishedAgain = new HashSet<>();

    MendDrift(
            Counters counters, Ledger ledger, JoinEvents events, JoinMeters meters, JoinSettings settings, Cell cell) {
        this.counters = counters;
        this.ledger = ledger;
        this.events = events;
        this.meters = meters;
        this.settings = settings;
        this.cell = cell;
    }

    /**
     * Looks at every join.
     *
     * @param untilMs joins before that are published, and the ledger has followed; by the clock of Redis
     */
    Uni<Void> mend(Activity activity, long untilMs) {
        return addMissing(activity, Optional.empty())
                .chain(() -> Multi.createFrom()
                        .iterable(Part.of(activity))
                        .onItem()
                        .transformToUniAndConcatenate(part -> publishUnrecorded(part, Counters.FIRST, untilMs))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private Uni<Void> addMissing(Activity activity, Optional<LedgerRow> after) {
        return ledger.page(activity, after, PAGE).chain(rows -> mendParts(activity, rows)
                .chain(() -> rows.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : addMissing(activity, Optional.of(rows.getLast()))));
    }

    private Uni<Void> mendParts(Activity activity, List<LedgerRow> rows) {
        return Multi.createFrom()
                .iterable(Part.of(activity))
                .onItem()
                .transformToUniAndConcatenate(
                        part -> counters.mend(part, part.held(rows)).invoke(mended -> tell(part, mended)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void tell(Part part, Counters.Mended mended) {
        if (mended.added() == 0 && mended.miscounted() == 0) return;
        meters.drift("missing", mended.added());
        meters.drift("miscounted", Math.abs(mended.miscounted()));
        LOG.warnf(
                "Redis lacked %d joins of %s that the ledger has, and had counted %d too many: mended",
                mended.added(), part, mended.miscounted());
    }

    private Uni<Void> publishUnrecorded(Part part, String from, long untilMs) {
        var fence = Fence.from(settings);
        return counters.marks(part, from, PAGE).chain(marks -> {
            var old = marks.rows().stream()
                    .filter(row -> row.joinedAtMs() < untilMs)
                    .toList();
            return ledger.missing(part.activity(), old)
                    .chain(missing -> publish(part, missing, fence))
                    .chain(() -> marks.next().equals(Counters.FIRST)
                            ? Uni.createFrom().voidItem()
                            : publishUnrecorded(part, marks.next(), untilMs));
        });
    }

    /** What the fence holds back is found again in the next comparison. */
    private Uni<Void> publish(Part part, List<LedgerRow> missing, Fence fence) {
        return Multi.createFrom()
                .iterable(missing)
                .map(row -> join(part.activity(), row))
                .onItem()
                .transformToUniAndConcatenate(join -> {
                    if (fence.isOver() || !isFirstTime(join))
                        return Uni.createFrom().voidItem();
                    meters.drift("unrecorded", 1);
                    LOG.warnf("Join %s is marked in Redis and not in the ledger: published again", join.id());
                    return events.publish(join).onFailure().invoke(() -> forget(join));
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** As it was promised, as far as it is still known: the reward is today's. */
    private Join join(Activity activity, LedgerRow row) {
        return new Join(
                activity.id(),
                row.player(),
                row.ordinal(),
                cell.name(),
                row.joinedAtMs(),
                activity.terms().reward());
    }

    private synchronized boolean isFirstTime(Join join) {
        if (publishedAgain.size() >= PUBLISHED_AGAIN_MAX) publishedAgain.clear();
        return publishedAgain.add(join.id());
    }

    /** It may not be in Kafka: the next comparison publishes it once more. */
    private synchronized void forget(Join join) {
        publishedAgain.remove(join.id());
    }
}
