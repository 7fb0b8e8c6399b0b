package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.reads.NearCache.Reading;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.activity.reads.ReadMeters.Read;
import io.gamehall.activity.reads.ReadMeters.Source;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Shows activities to people, from this process' memory and with a remaining quota that is less than a second old. Never
 * asks the database, whatever is asked for.
 */
@Singleton
public class ShowActivities {
    /** The most activities of a page. */
    public static final int PAGE_MAX = 100;

    private final Activities activities;
    private final RemainingQuota remaining;
    private final ReadMeters meters;

    public ShowActivities(Activities activities, RemainingQuota remaining, ReadMeters meters) {
        this.activities = activities;
        this.remaining = remaining;
        this.meters = meters;
    }

    /**
     * @throws Refusal {@link Reason#ACTIVITY_NOT_FOUND}; {@link Reason#DEPENDENCY_UNAVAILABLE} before the first load
     */
    public Uni<ShownActivity> one(ActivityId id) {
        var activity = activities.get(id);
        var taken = remaining.taken(activity);
        meters.answered(Read.ACTIVITY, source(taken.isAtHand()));
        return shown(activity, taken);
    }

    /**
     * A page in the order of the ids.
     *
     * @param after the id behind which it starts, or null for the first page
     * @param limit 1-{@value #PAGE_MAX}
     * @throws Refusal {@link Reason#PAGE_INVALID}; {@link Reason#DEPENDENCY_UNAVAILABLE} before the first load
     */
    public Uni<List<ShownActivity>> page(String after, int limit) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new Refusal(Reason.PAGE_INVALID, "A page has 1 to " + PAGE_MAX + " activities");
        }
        var page = activities.list(after, limit);
        var taken = page.stream().map(remaining::taken).toList();
        meters.answered(Read.LIST, source(taken.stream().allMatch(Reading::isAtHand)));
        if (page.isEmpty()) return Uni.createFrom().item(List.of());
        var shown = new ArrayList<Uni<ShownActivity>>(page.size());
        for (var index = 0; index < page.size(); index++) shown.add(shown(page.get(index), taken.get(index)));
        return Uni.join().all(shown).andFailFast();
    }

    private static Uni<ShownActivity> shown(Activity activity, Reading<OptionalLong> taken) {
        return taken.answer().map(count -> ShownActivity.of(activity, count, System.currentTimeMillis()));
    }

    private static Source source(boolean isAtHand) {
        return isAtHand ? Source.CACHE : Source.REDIS;
    }
}
