package io.gamehall.activity.join.rest;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Given;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;

/** Joins on the wire. */
final class JoinAnswers {
    private JoinAnswers() {}

    static RestResponse<JoinView> of(ActivityId activity, long player, Given join) {
        var view = JoinView.of(activity, player, join.ordinal(), join.joinedAtMs());
        if (join.isRepeat()) return RestResponse.ok(view);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                // Relative: to make it absolute needs the request's context, which is gone after a second try.
                .header(HttpHeaders.LOCATION, "/api/activities/" + activity + "/joins/me")
                .build();
    }
}
