package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Counters.Census;
import io.gamehall.activity.pace.Cadence;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Compares what Redis says of each activity with the ledger, now and then, while joins go on: everything that was given
 * until a moment, once it is published and the ledger has followed. Usually that is a count on either side; only where
 * the counts differ {@link MendDrift} looks at each join. Of several processes one takes the turn.
 */
@Singleton
public class Reconcile {
    private static final Logger LOG = Logger.getLogger(Reconcile.class);

    private final Activities activities;
    private final Counters counters;
    private final Ledger ledger;
    private final LedgerProgress progress;
    private final MendDrift mending;
    private final JoinSettings settings;
    private final Vertx vertx;
    /** Joins that both sides knew when they agreed last and nothing was under way: as bounded as the activities. */
    private final Map<ActivityId, Long> agreed = new ConcurrentHashMap<>();

    private Cadence reconciling;

    Reconcile(
            Activities activities,
            Counters counters,
            Ledger ledger,
            LedgerProgress progress,
            MendDrift mending,
            JoinSettings settings,
            Vertx vertx) {
        this.activities = activities;
        this.counters = counters;
        this.ledger = ledger;
        this.progress = progress;
        this.mending = mending;
        this.settings = settings;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        reconciling = Cadence.start(vertx, "compare Redis and ledger", settings.reconcileEvery(), this::round);
    }

    void stop(@Observes ShutdownEvent stopped) {
        reconciling.close();
    }

    private Uni<Void> round() {
        var now = System.currentTimeMillis();
        return Multi.createFrom()
                .iterable(activities.all())
                .select()
                .where(activity -> RelayOutbox.isLookedAfter(activity, now))
                .onItem()
                .transformToUni(activity -> turn(activity)
                        .onFailure()
                        .invoke(failure -> LOG.debugf(failure, "%s was not compared", activity.id()))
                        .onFailure()
                        .recoverWithNull())
                .merge(RelayOutbox.ACTIVITIES_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> turn(Activity activity) {
        return counters.takeTurn(activity, settings.reconcileEvery())
                .chain(ours -> ours ? reconcile(activity) : Uni.createFrom().voidItem());
    }

    /** Compares one activity, and mends it. Does nothing while it is not open. */
    Uni<Void> reconcile(Activity activity) {
        return census(activity).chain(before -> {
            if (!isOpen(before) || isAgreed(activity, before))
                return Uni.createFrom().voidItem();
            return relayed().chain(() -> census(activity)).chain(now -> {
                // What is left in the outbox is published soon, and compared in the next round.
                if (!isPublished(before, now)) return Uni.createFrom().voidItem();
                return progress.caughtUp()
                        .ifNoItem()
                        .after(settings.reconcileEvery())
                        .fail()
                        .chain(() -> compare(activity, before));
            });
        });
    }

    /** When also what a crash left in the outbox until now should be in Kafka. */
    private Uni<Void> relayed() {
        var time = settings.relayAfter().plus(settings.relayEvery());
        return Uni.createFrom().voidItem().onItem().delayIt().by(time);
    }

    private Uni<Void> compare(Activity activity, List<Census> parts) {
        var first = parts.stream().mapToLong(Census::nowMs).min().orElseThrow();
        var last = parts.stream().mapToLong(Census::nowMs).max().orElseThrow();
        return ledger.count(activity, first, last).chain(counted -> {
            var marks = parts.stream().mapToLong(Census::marks).sum();
            var same = counted.before() <= marks && marks <= counted.until();
            if (!same || parts.stream().anyMatch(part -> part.taken() != part.marks())) {
                agreed.remove(activity.id());
                return mending.mend(activity, first);
            }
            if (counted.before() == counted.until()) agreed.put(activity.id(), marks);
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<List<Census>> census(Activity activity) {
        return Uni.join()
                .all(Part.of(activity).stream().map(counters::census).toList())
                .andFailFast();
    }

    private boolean isAgreed(Activity activity, List<Census> parts) {
        var marks = parts.stream().mapToLong(Census::marks).sum();
        return Long.valueOf(marks).equals(agreed.get(activity.id()))
                && parts.stream().allMatch(part -> part.taken() == part.marks());
    }

    private static boolean isOpen(List<Census> parts) {
        return parts.stream().allMatch(part -> part.taken() >= 0);
    }

    private static boolean isPublished(List<Census> before, List<Census> now) {
        for (var part = 0; part < before.size(); part++) {
            if (!now.get(part).isPublishedUntil(before.get(part).nowMs())) return false;
        }
        return true;
    }
}
