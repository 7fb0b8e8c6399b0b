package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Counters.Rebuild;
import io.gamehall.activity.join.Counters.Superseded;
import io.gamehall.activity.join.Counters.Trust;
import io.gamehall.activity.join.Counters.Vouched;
import io.gamehall.activity.pace.Turns;
import io.gamehall.platform.AskedOnce;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Sees to it that an activity's counters in Redis are there and can be believed. An activity that never took a join
 * opens at once. Any other whose counters are missing, or may be out of date because Redis has restarted or another has
 * taken its place, is closed until they are complete again: after everything that was accepted before has arrived in
 * the ledger, what Redis lacks is brought from there, so that neither quota nor a player's joins are given twice.
 *
 * <p>One attempt at a time for each activity in this process, and {@value #AT_ONCE} that ask the database or Kafka; of
 * several processes one brings the counters.
 */
@Singleton
public class OpenActivity {
    private static final Logger LOG = Logger.getLogger(OpenActivity.class);
    /** Parts for which others are asked. A cell has thousands, and a restart of Redis puts all of them in doubt. */
    static final int AT_ONCE = 16;

    private final Openings openings;
    private final Counters counters;
    private final Epochs epochs;
    private final LedgerProgress progress;
    private final RebuildCounters rebuilding;
    private final JoinSettings settings;
    private final Map<Part.Id, Uni<Void>> running = new ConcurrentHashMap<>();
    /** Apart from rebuilds, which may wait long for the ledger: new activities do not. */
    private final Turns looks = new Turns(AT_ONCE);

    private final Turns rebuilds = new Turns(AT_ONCE);

    OpenActivity(
            Openings openings,
            Counters counters,
            Epochs epochs,
            LedgerProgress progress,
            RebuildCounters rebuilding,
            JoinSettings settings) {
        this.openings = openings;
        this.counters = counters;
        this.epochs = epochs;
        this.progress = progress;
        this.rebuilding = rebuilding;
        this.settings = settings;
        if (settings.reopenGrace().compareTo(settings.publishTimeout()) <= 0) {
            throw new IllegalStateException("gamehall.joins.reopen-grace must be longer than publish-timeout");
        }
    }

    /**
     * Completes when the activity is open, and sure to stay so for {@link JoinSettings#trust()}. A caller that stops
     * waiting does not stop a rebuild.
     */
    public Uni<Void> open(Activity activity) {
        var parts = Part.of(activity).stream().map(this::open).toList();
        return Uni.join().all(parts).andFailFast().replaceWithVoid();
    }

    private Uni<Void> open(Part part) {
        return running.computeIfAbsent(
                part.id(), id -> AskedOnce.of(start(part).onTermination().invoke(() -> running.remove(id))));
    }

    private Uni<Void> start(Part part) {
        return vouch(part).chain(vouched -> switch (vouched.trust()) {
            case SURE -> Uni.createFrom().voidItem();
            case BUSY -> Uni.createFrom().failure(new Superseded("Another brings the counters back"));
            case DOUBTFUL -> bring(part, new Rebuild(UUID.randomUUID().toString(), vouched.run()));
        });
    }

    private Uni<Void> bring(Part part, Rebuild rebuild) {
        return looks.take(() -> begunFirst(part, rebuild)).chain(begun -> {
            if (begun) return Uni.createFrom().voidItem();
            return afterGrace(part, rebuild)
                    .onFailure()
                    .invoke(failure -> LOG.warnf("Could not rebuild %s, will try again: %s", part, failure));
        });
    }

    private Uni<Boolean> begunFirst(Part part, Rebuild rebuild) {
        return openings.isFirst(part.id())
                .call(first -> first
                        ? rebuilding.begin(part, rebuild)
                        : Uni.createFrom().voidItem());
    }

    /** What was decided before the loss may still be on its way to Kafka. */
    private Uni<Void> afterGrace(Part part, Rebuild rebuild) {
        LOG.warnf("Redis may have lost joins of %s, which is closed until the ledger has been asked", part);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(settings.reopenGrace())
                .chain(() -> rebuilds.take(() -> fromLedger(part, rebuild)));
    }

    private Uni<Void> fromLedger(Part part, Rebuild rebuild) {
        return vouch(part).chain(now -> {
            if (now.trust() == Trust.SURE) return Uni.createFrom().voidItem();
            return progress.caughtUp().chain(() -> rebuilding.fromLedger(part, rebuild));
        });
    }

    private Uni<Vouched> vouch(Part part) {
        return counters.vouch(part, epochs.of(part.id()));
    }
}
