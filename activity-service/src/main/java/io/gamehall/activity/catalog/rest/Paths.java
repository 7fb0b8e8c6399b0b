package io.gamehall.activity.catalog.rest;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;

/** What stands in the paths of the REST API. */
public final class Paths {
    private Paths() {}

    /**
     * @throws Refusal {@link Reason#REQUEST_INVALID} when no activity can have that id
     */
    public static ActivityId activity(String text) {
        return ActivityId.parse(text)
                .orElseThrow(() -> new Refusal(
                        Reason.REQUEST_INVALID, "An activity's id is 1 to 64 characters of a-z, 0-9 and -"));
    }
}
