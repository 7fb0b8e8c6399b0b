package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.degrade.Switches;
import io.gamehall.activity.guard.Breaker;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.activity.join.Participants.Admission;
import io.gamehall.activity.join.Participants.Admission.Decided;
import io.gamehall.activity.join.Participants.Admission.Lost;
import io.gamehall.activity.join.Participants.Admission.Stale;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.pace.CallersContext;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Joins a player to an activity: decided in Redis, answered when it is safe in Kafka. What is decided but not safe is
 * answered as a failure and published later by {@link RelayOutbox}; the player's repeat finds it.
 *
 * <p>Safe for any thread; on an event loop nothing blocks and the answer comes on the same loop.
 */
@Singleton
public class JoinActivity {
    private static final Logger LOG = Logger.getLogger(JoinActivity.class);
    private static final int ATTEMPTS_MAX = 3;

    private final Activities activities;
    private final CheckConditions conditions;
    private final Participants participants;
    private final JoinEvents events;
    private final Outbox outbox;
    private final OpenActivity opening;
    private final JoinSettings settings;
    private final Breaker redis;
    private final Switches switches;
    private final AtomicInteger inFlight = new AtomicInteger();

    public JoinActivity(
            Activities activities,
            CheckConditions conditions,
            Participants participants,
            JoinEvents events,
            Outbox outbox,
            OpenActivity opening,
            JoinSettings settings,
            Breakers breakers,
            Switches switches) {
        this.activities = activities;
        this.conditions = conditions;
        this.participants = participants;
        this.events = events;
        this.outbox = outbox;
        this.opening = opening;
        this.settings = settings;
        this.redis = breakers.redis();
        this.switches = switches;
    }

    /**
     * Fails with {@link Reason#ACTIVITY_NOT_FOUND}, {@link Reason#OVERLOADED} or {@link Reason#DEPENDENCY_UNAVAILABLE};
     * every other answer is an outcome.
     */
    public Uni<JoinOutcome> join(ActivityId id, JoinRequest request) {
        var activity = activities.get(id);
        var off = switches.joins(id);
        if (off.isPresent()) throw off.get();
        // Asked before Redis decides: no quota is spent on joins that can't be published.
        if (!events.isReady()) throw unavailable("No answer from Kafka");
        if (inFlight.incrementAndGet() > settings.inFlightMax()) {
            inFlight.decrementAndGet();
            throw new Refusal(Reason.OVERLOADED, "Too many joins are in work").retryAfter(Duration.ofSeconds(1));
        }
        // Deferred: also what is thrown before there is anything to wait for gives the place back.
        return Uni.createFrom()
                .deferred(() -> admit(activity, request, 1))
                .chain(decided -> publish(activity, decided))
                .onTermination()
                .invoke(inFlight::decrementAndGet);
    }

    private Uni<Decided> admit(Activity activity, JoinRequest request, int attempt) {
        return conditions
                .check(activity, request)
                .chain(checked -> ask(activity, checked))
                .chain(admission -> settle(admission, activity, request, attempt));
    }

    private Uni<Admission> ask(Activity activity, JoinRequest request) {
        var fence = Fence.from(settings);
        return redis.call(() -> participants.admit(activity, request))
                .onFailure()
                .transform(failure -> away("Redis", failure))
                .invoke(answered -> {
                    if (fence.isOver()) throw unavailable("Redis took too long to answer");
                });
    }

    private Uni<Decided> settle(Admission admission, Activity activity, JoinRequest request, int attempt) {
        return switch (admission) {
            case Decided decided -> Uni.createFrom().item(decided);
            case Stale ignored
            when attempt < ATTEMPTS_MAX ->
                activities
                        .reload(activity.id())
                        .onFailure(failure -> !(failure instanceof Refusal))
                        .transform(failure -> away("the database", failure))
                        .emitOn(CallersContext.executor())
                        .chain(fresh -> admit(fresh, request, attempt + 1));
            case Lost ignored
            when attempt < ATTEMPTS_MAX ->
                opening.open(activity)
                        .ifNoItem()
                        .after(settings.openWait())
                        .fail()
                        .onFailure()
                        .transform(failure -> unavailable("The activity's counters are being rebuilt"))
                        .emitOn(CallersContext.executor())
                        .chain(opened -> admit(activity, request, attempt + 1));
            case Stale ignored -> Uni.createFrom().failure(unavailable("The activity is being edited"));
            case Lost ignored -> Uni.createFrom().failure(unavailable("The activity's counters are being rebuilt"));
        };
    }

    private Uni<JoinOutcome> publish(Activity activity, Decided decided) {
        if (decided.unpublished().isEmpty()) return Uni.createFrom().item(decided.outcome());
        var entry = decided.unpublished().get();
        return events.publish(entry.join())
                .onFailure()
                .transform(failure -> away("Kafka", failure))
                .map(safe -> {
                    outbox.settleSoon(activity, entry.id());
                    return decided.outcome();
                });
    }

    private static Refusal away(String server, Throwable failure) {
        LOG.debugf(failure, "No answer from %s", server);
        return unavailable("No answer from " + server);
    }

    private static Refusal unavailable(String detail) {
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, detail).retryAfter(Duration.ofSeconds(1));
    }
}
