package io.gamehall.activity.statistics;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.reads.NearCache;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.activity.reads.ReadMeters.Read;
import io.gamehall.activity.reads.ReadMeters.Source;
import io.gamehall.activity.statistics.domain.JoinStatistics;
import io.gamehall.activity.statistics.domain.Window;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Counts the joins of an activity, from the ledger alone: a join neither waits for it nor shares anything with it. At
 * most a few questions are with the database at a time, and the same question is asked once in a while only.
 */
@Singleton
public class CountJoins {
    private static final Logger LOG = Logger.getLogger(CountJoins.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Activities activities;
    private final JoinHistory history;
    private final StatisticsSettings settings;
    private final ReadMeters meters;
    private final Semaphore places;
    private final NearCache<Question, JoinStatistics> known;

    private record Question(ActivityId activity, Window window) {}

    public CountJoins(Activities activities, JoinHistory history, StatisticsSettings settings, ReadMeters meters) {
        this.activities = activities;
        this.history = history;
        this.settings = settings;
        this.meters = meters;
        this.places = new Semaphore(settings.inFlightMax());
        this.known = new NearCache<>(settings.ageMax(), settings.ageMax(), settings.keptMax());
    }

    /**
     * Fails with {@link Reason#OVERLOADED} or {@link Reason#DEPENDENCY_UNAVAILABLE}.
     *
     * @throws Refusal {@link Reason#ACTIVITY_NOT_FOUND}; {@link Reason#REQUEST_INVALID} for too long a window
     */
    public Uni<JoinStatistics> of(ActivityId id, Window window) {
        activities.get(id);
        var max = settings.windowMax();
        if (window.toMs() - window.fromMs() > max.toMillis()) {
            throw new Refusal(Reason.REQUEST_INVALID, "The window is at most " + max.toMinutes() + " minutes long");
        }
        var reading = known.get(new Question(id, window), () -> ask(id, window));
        meters.answered(Read.STATISTICS, reading.isAtHand() ? Source.CACHE : Source.DATABASE);
        return reading.answer();
    }

    private Uni<JoinStatistics> ask(ActivityId id, Window window) {
        if (!places.tryAcquire()) {
            throw new Refusal(Reason.OVERLOADED, "Other statistics are being counted").retryAfter(RETRY);
        }
        var asOfMs = System.currentTimeMillis();
        return Uni.createFrom()
                .deferred(() -> history.count(id, window, settings.timeout()))
                .onTermination()
                .invoke(() -> places.release())
                .map(counts -> JoinStatistics.of(window, asOfMs, counts))
                .onFailure(failure -> !(failure instanceof Refusal))
                .transform(failure -> {
                    LOG.warnf("Could not count the joins of %s: %s", id, failure);
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database did not count them in time")
                            .retryAfter(RETRY);
                });
    }
}
