package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Participants.OutboxEntry;
import io.gamehall.activity.pace.Cadence;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Heals what a crash left between Redis and Kafka: publishes outbox entries that are older than a join takes, then
 * removes them. Any instance may do it, several at once too: a repeat is told by its join id. On its way it vouches for
 * the activities' counters, and has those that are missing or doubtful brought back before a player asks.
 */
@Singleton
public class RelayOutbox {
    private static final Logger LOG = Logger.getLogger(RelayOutbox.class);
    static final int ACTIVITIES_AT_ONCE = 16;
    /** An activity that closed so long ago has nothing left in its outbox. */
    private static final Duration LOOKED_AFTER = Duration.ofDays(1);

    private final Activities activities;
    private final Outbox outbox;
    private final JoinEvents events;
    private final OpenActivity opening;
    private final JoinSettings settings;
    private final JoinMeters meters;
    private final Vertx vertx;
    private Cadence relaying;

    RelayOutbox(
            Activities activities,
            Outbox outbox,
            JoinEvents events,
            OpenActivity opening,
            JoinSettings settings,
            JoinMeters meters,
            Vertx vertx) {
        this.activities = activities;
        this.outbox = outbox;
        this.events = events;
        this.opening = opening;
        this.settings = settings;
        this.meters = meters;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        relaying = Cadence.start(vertx, "look after the outboxes", settings.relayEvery(), this::round);
    }

    void stop(@Observes ShutdownEvent stopped) {
        relaying.close();
    }

    private Uni<Void> round() {
        var now = System.currentTimeMillis();
        var oldest = new AtomicReference<>(Duration.ZERO);
        return Multi.createFrom()
                .iterable(activities.all())
                .select()
                .where(activity -> isLookedAfter(activity, now))
                .onItem()
                .transformToUni(activity ->
                        lookAfter(activity).invoke(age -> oldest.accumulateAndGet(age, RelayOutbox::longer)))
                // One that is out of reach ends nobody else's turn.
                .collectFailures()
                .merge(ACTIVITIES_AT_ONCE)
                .collect()
                .last()
                // Also if some are out of reach: the others' entries may wait for Kafka all the same.
                .onTermination()
                .invoke(() -> meters.outboxAge(oldest.get()))
                .onFailure(CompositeException.class)
                .transform(Throwable::getCause)
                .replaceWithVoid();
    }

    static boolean isLookedAfter(Activity activity, long nowMs) {
        return activity.terms().closesAtMs() > nowMs - LOOKED_AFTER.toMillis();
    }

    /** Gives the age of the oldest entry. */
    private Uni<Duration> lookAfter(Activity activity) {
        // Not waited for: a rebuild takes longer than a round.
        opening.open(activity).subscribe().with(opened -> {}, failure -> LOG.debug("Not opened", failure));
        return relay(activity);
    }

    private Uni<Duration> relay(Activity activity) {
        var fence = Fence.from(settings);
        return outbox.due(activity, settings.relayAfter(), settings.relayMax()).chain(due -> {
            if (due.entries().isEmpty() || !events.isReady() || fence.isOver()) {
                return Uni.createFrom().item(due.oldest());
            }
            return publish(due.entries())
                    .chain(published -> published.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : outbox.settle(activity, published).invoke(() -> {
                                meters.relayed(published.size());
                                LOG.infof("Relayed %d joins of %s", published.size(), activity.id());
                            }))
                    .replaceWith(due.oldest());
        });
    }

    /** Gives the entries that are in Kafka now. */
    private Uni<List<String>> publish(List<OutboxEntry> entries) {
        var published = new ArrayList<Uni<List<String>>>();
        for (var entry : entries) {
            published.add(events.publish(entry.join())
                    .replaceWith(List.of(entry.id()))
                    .onFailure()
                    .recoverWithItem(List.of()));
        }
        return Uni.join().all(published).andFailFast().map(ids -> ids.stream()
                .flatMap(List::stream)
                .toList());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
