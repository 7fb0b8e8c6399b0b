package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.guard.Breaker;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.activity.reads.NearCache;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.activity.reads.ReadMeters.Read;
import io.gamehall.activity.reads.ReadMeters.Source;
import io.gamehall.activity.reads.ReadSettings;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;

/**
 * Tells a player which joins of an activity they have: those that Redis has, kept here for a short while. That a player
 * has none is kept too.
 */
@Singleton
public class MyActivityJoins {
    private final Activities activities;
    private final Participants participants;
    private final OpenActivity opening;
    private final Breaker redis;
    private final Duration openWait;
    private final ReadMeters meters;
    private final NearCache<Question, SortedMap<Integer, Long>> known;

    private record Question(ActivityId activity, long player) {}

    public MyActivityJoins(
            Activities activities,
            Participants participants,
            OpenActivity opening,
            Breakers breakers,
            JoinSettings joins,
            ReadSettings reads,
            ReadMeters meters) {
        this.activities = activities;
        this.participants = participants;
        this.opening = opening;
        this.redis = breakers.redis();
        this.openWait = joins.openWait();
        this.meters = meters;
        this.known = new NearCache<>(reads.joinsAgeMax(), reads.joinsAgeMax(), reads.joinsMax());
    }

    /**
     * Ordinal to time in ms. Fails with {@link Reason#ACTIVITY_NOT_FOUND}, and with
     * {@link Reason#DEPENDENCY_UNAVAILABLE} also while the counters are being rebuilt: then nobody knows.
     */
    public Uni<SortedMap<Integer, Long>> of(ActivityId id, long player) {
        var activity = activities.get(id);
        var reading = known.get(new Question(id, player), () -> ask(activity, player));
        meters.answered(Read.JOINS, reading.isAtHand() ? Source.CACHE : Source.REDIS);
        return reading.answer();
    }

    /** The player has asked to join, whatever came of it: what was known before may be out of date. */
    public void forget(ActivityId id, long player) {
        known.forget(new Question(id, player));
    }

    private Uni<SortedMap<Integer, Long>> ask(Activity activity, long player) {
        return redis.call(() -> participants.joinsOf(activity, player))
                .chain(joins -> joins.isPresent()
                        ? Uni.createFrom().item(joins)
                        // Nobody has joined yet, or Redis has lost it: opened once, it is known for all who ask.
                        : opening.open(activity)
                                .ifNoItem()
                                .after(openWait)
                                .fail()
                                .chain(opened -> redis.call(() -> participants.joinsOf(activity, player))))
                .onFailure()
                .transform(failure -> unavailable("Redis does not answer, or has to be told of the activity's joins"))
                .map(joins -> joins.orElseThrow(() -> unavailable("The activity's counters are being rebuilt")))
                .map(Collections::unmodifiableSortedMap);
    }

    private static Refusal unavailable(String detail) {
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, detail).retryAfter(Duration.ofSeconds(1));
    }
}
