package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.guard.Breaker;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.SortedMap;

/** Tells a player which joins of an activity they have. */
@ApplicationScoped
public class MyActivityJoins {
    private final Activities activities;
    private final Participants participants;
    private final Breaker redis;

    public MyActivityJoins(Activities activities, Participants participants, Breakers breakers) {
        this.activities = activities;
        this.participants = participants;
        this.redis = breakers.redis();
    }

    /**
     * Ordinal to time in ms. Fails with {@link Reason#ACTIVITY_NOT_FOUND}, and with
     * {@link Reason#DEPENDENCY_UNAVAILABLE} also while the counters are being rebuilt: then nobody knows.
     */
    public Uni<SortedMap<Integer, Long>> of(ActivityId id, long player) {
        var activity = activities.get(id);
        return redis.call(() -> participants.joinsOf(activity, player))
                .onFailure()
                .transform(failure -> unavailable("No answer from Redis"))
                .map(joins -> joins.orElseThrow(() -> unavailable("The activity's counters are being rebuilt")));
    }

    private static Refusal unavailable(String detail) {
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, detail).retryAfter(Duration.ofSeconds(1));
    }
}
