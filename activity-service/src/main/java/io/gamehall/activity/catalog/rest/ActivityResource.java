package io.gamehall.activity.catalog.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.ShowActivities;
import io.gamehall.activity.catalog.ShownActivity;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** What players read of activities, over REST. */
@Path("/api/activities")
@Tag(name = "activities")
@Produces(MediaType.APPLICATION_JSON)
public class ActivityResource {
    private final LiveTickets tickets;
    private final ShowActivities activities;

    public ActivityResource(LiveTickets tickets, ShowActivities activities) {
        this.tickets = tickets;
        this.activities = activities;
    }

    @GET
    @Operation(
            summary = "A page of activities in the order of their ids; next names the id to go on after",
            description = "304 to who sends the page's ETag as If-None-Match, as long as it is the same.")
    public Uni<RestResponse<ObjectNode>> list(
            @RestHeader("authorization") String authorization,
            @RestQuery String after,
            @RestQuery String limit,
            @RestHeader("if-none-match") String known) {
        var live = tickets.verify(authorization);
        var size = limit(limit);
        if (after != null) Paths.activity(after);
        return live.flatMap(ticket -> activities.page(after, size))
                .map(page -> Tagged.answer(ActivityView.PLAYERS, page, known, () -> page(page, size)));
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "One activity: its terms, its status and its remaining quota",
            description = "304 to who sends its ETag as If-None-Match, as long as it is the same.")
    public Uni<RestResponse<ObjectNode>> get(
            @RestHeader("authorization") String authorization,
            @RestPath String id,
            @RestHeader("if-none-match") String known) {
        return tickets.verify(authorization)
                .flatMap(ticket -> activities.one(Paths.activity(id)).map(shown -> {
                    var view = ticket.roles().contains("admin") ? ActivityView.WHOLE : ActivityView.PLAYERS;
                    return Tagged.answer(view, List.of(shown), known, () -> view.of(shown));
                }));
    }

    private static ObjectNode page(List<ShownActivity> shown, int size) {
        var page = JsonNodeFactory.instance.objectNode();
        page.putArray("activities")
                .addAll(shown.stream().map(ActivityView.PLAYERS::of).toList());
        if (shown.size() == size) {
            page.put("next", shown.getLast().activity().id().value());
        }
        return page;
    }

    private static int limit(String text) {
        try {
            return text == null ? ShowActivities.PAGE_MAX : Integer.parseInt(text);
        } catch (NumberFormatException noNumber) {
            throw new Refusal(Reason.PAGE_INVALID, "limit is a number from 1 to " + ShowActivities.PAGE_MAX);
        }
    }
}
