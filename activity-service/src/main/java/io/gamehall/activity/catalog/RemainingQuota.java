package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.reads.NearCache;
import io.gamehall.activity.reads.NearCache.Reading;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/**
 * How many joins have been given, for people who look at it. Redis is asked at most about twice in
 * {@link CatalogSettings#remainingAgeMax()} for each activity, however many look. Only activities that exist may be
 * asked for, so it is as bounded as they are.
 */
@Singleton
public class RemainingQuota {
    private final JoinCounts counts;
    private final NearCache<ActivityId, OptionalLong> known;

    public RemainingQuota(JoinCounts counts, CatalogSettings settings) {
        this.counts = counts;
        var ageMax = settings.remainingAgeMax();
        this.known = new NearCache<>(ageMax.dividedBy(2), ageMax, settings.activitiesMax());
    }

    /** Joins given of the activity; empty when that is not known at the moment. Does not fail. */
    public Reading<OptionalLong> taken(Activity activity) {
        var reading = known.get(activity.id(), () -> counts.taken(activity));
        return new Reading<>(reading.answer().onFailure().recoverWithItem(OptionalLong.empty()), reading.isAtHand());
    }
}
