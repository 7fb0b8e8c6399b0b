package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityStatus;
import java.util.OptionalLong;

/**
 * An activity as people see it at a moment.
 *
 * @param remaining joins that can still be given; empty while that is not known
 */
public record ShownActivity(Activity activity, ActivityStatus status, OptionalLong remaining) {
    /**
     * @param taken joins given so far, empty where it is not known
     * @param nowMs milliseconds since 1970
     */
    public static ShownActivity of(Activity activity, OptionalLong taken, long nowMs) {
        var terms = activity.terms();
        return new ShownActivity(
                activity,
                ActivityStatus.of(terms, taken, nowMs),
                taken.isPresent()
                        ? OptionalLong.of(Math.max(0, terms.quota() - taken.getAsLong()))
                        : OptionalLong.empty());
    }
}
