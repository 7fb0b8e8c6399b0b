package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Participants.OutboxEntry;
import io.gamehall.activity.pace.Cadence;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Heals what a crash left between Redis and Kafka: publishes outbox entries that are older than a join takes, then
 * removes them. Any instance may do it, several at once too: a repeat is told by its join id. On its way it notices
 * activities whose counters are missing, and has them opened before a player asks.
 */
@ApplicationScoped
public class RelayOutbox {
    private static final Logger LOG = Logger.getLogger(RelayOutbox.class);
    private static final int ACTIVITIES_AT_ONCE = 16;
    /** An activity that closed so long ago has nothing left in its outbox. */
    private static final Duration LOOKED_AFTER = Duration.ofDays(1);

    private final Activities activities;
    private final Outbox outbox;
    private final Counters counters;
    private final JoinEvents events;
    private final OpenActivity opening;
    private final JoinSettings settings;
    private final JoinMeters meters;
    private final Vertx vertx;
    private Cadence relaying;

    RelayOutbox(
            Activities activities,
            Outbox outbox,
            Counters counters,
            JoinEvents events,
            OpenActivity opening,
            JoinSettings settings,
            JoinMeters meters,
            Vertx vertx) {
        this.activities = activities;
        this.outbox = outbox;
        this.counters = counters;
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
        var since = System.currentTimeMillis() - LOOKED_AFTER.toMillis();
        return Multi.createFrom()
                .iterable(activities.all())
                .select()
                .where(activity -> activity.terms().closesAtMs() > since)
                .onItem()
                .transformToUni(this::lookAfter)
                .merge(ACTIVITIES_AT_ONCE)
                .collect()
                .with(Collectors.reducing(Duration.ZERO, RelayOutbox::longer))
                .invoke(meters::outboxAge)
                .replaceWithVoid();
    }

    /** Gives the age of the oldest entry. */
    private Uni<Duration> lookAfter(Activity activity) {
        return counters.isOpen(activity).chain(open -> {
            if (!open) {
                // Not waited for: a rebuild takes longer than a round.
                opening.open(activity).subscribe().with(opened -> {}, failure -> LOG.debug("Not opened", failure));
                return Uni.createFrom().item(Duration.ZERO);
            }
            return relay(activity);
        });
    }

    private Uni<Duration> relay(Activity activity) {
        return outbox.due(activity, settings.relayAfter(), settings.relayMax()).chain(due -> {
            if (due.entries().isEmpty() || !events.isReady()) {
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
