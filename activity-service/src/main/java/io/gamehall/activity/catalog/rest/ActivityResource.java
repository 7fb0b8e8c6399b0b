package io.gamehall.activity.catalog.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.RemainingQuota;
import io.gamehall.activity.catalog.domain.Activity;
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

/** What players read of activities: from memory, with a remaining quota that is less than a second old. */
@Path("/api/activities")
@Tag(name = "activities")
@Produces(MediaType.APPLICATION_JSON)
public class ActivityResource {
    private static final int PAGE_MAX = 100;

    private final LiveTickets tickets;
    private final Activities activities;
    private final RemainingQuota remaining;

    public ActivityResource(LiveTickets tickets, Activities activities, RemainingQuota remaining) {
        this.tickets = tickets;
        this.activities = activities;
        this.remaining = remaining;
    }

    @GET
    @Operation(summary = "A page of activities in the order of their ids; next names the id to go on after")
    public Uni<ObjectNode> list(
            @RestHeader("authorization") String authorization, @RestQuery String after, @RestQuery String limit) {
        var live = tickets.verify(authorization);
        var size = limit(limit);
        if (after != null) Paths.activity(after);
        return live.flatMap(ticket -> page(after, size));
    }

    private Uni<ObjectNode> page(String after, int size) {
        var page = activities.list(after, size);
        if (page.isEmpty()) return Uni.createFrom().item(page(List.of(), size));
        return Uni.join()
                .all(page.stream().map(this::view).toList())
                .andFailFast()
                .map(views -> page(views, size));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One activity: its terms, its status and its remaining quota")
    public Uni<ObjectNode> get(@RestHeader("authorization") String authorization, @RestPath String id) {
        return tickets.verify(authorization).flatMap(ticket -> {
            var activity = activities.get(Paths.activity(id));
            return ticket.roles().contains("admin")
                    ? remaining.taken(activity).map(taken -> ActivityView.whole(activity, taken))
                    : view(activity);
        });
    }

    private Uni<ObjectNode> view(Activity activity) {
        return remaining.taken(activity).map(taken -> ActivityView.of(activity, taken));
    }

    private static ObjectNode page(List<ObjectNode> views, int size) {
        var page = JsonNodeFactory.instance.objectNode();
        page.putArray("activities").addAll(views);
        if (views.size() == size) page.set("next", views.getLast().get("id"));
        return page;
    }

    private static int limit(String text) {
        if (text == null) return PAGE_MAX;
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= PAGE_MAX) return limit;
        } catch (NumberFormatException noNumber) {
            // answered below
        }
        throw new Refusal(Reason.PAGE_INVALID, "limit is a number from 1 to " + PAGE_MAX);
    }
}
