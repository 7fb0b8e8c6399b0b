package io.gamehall.activity.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.EditActivities;
import io.gamehall.activity.catalog.ShownActivity;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.catalog.json.ActivityJson;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What administrators do with activities: needs the role {@code admin}. */
@Path("/api/activities")
@Tag(name = "activities")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ActivityAdminResource {
    private final LiveTickets tickets;
    private final EditActivities edit;

    public ActivityAdminResource(LiveTickets tickets, EditActivities edit) {
        this.tickets = tickets;
        this.edit = edit;
    }

    @POST
    @Operation(summary = "Create an activity")
    public Uni<RestResponse<ObjectNode>> create(@RestHeader("authorization") String authorization, JsonNode body) {
        return admin(authorization, () -> created(body));
    }

    private Uni<RestResponse<ObjectNode>> created(JsonNode body) {
        var draft = ActivityJson.created(object(body));
        return edit.create(draft.id(), draft.name(), draft.terms())
                .map(created -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view(created))
                        // Relative: to make it absolute needs the request's context, on which not every answer comes.
                        .header(HttpHeaders.LOCATION, "/api/activities/" + draft.id())
                        .build());
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Replace name and terms; version names the one that the edit started from")
    public Uni<ObjectNode> replace(
            @RestHeader("authorization") String authorization, @RestPath String id, JsonNode body) {
        return admin(authorization, () -> replaced(Paths.activity(id), body));
    }

    private Uni<ObjectNode> replaced(ActivityId activity, JsonNode body) {
        object(body);
        return edit.present(activity).chain(now -> edited(now, body));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(summary = "Change some members (JSON merge patch); version names the one that the edit started from")
    public Uni<ObjectNode> patch(
            @RestHeader("authorization") String authorization, @RestPath String id, JsonNode body) {
        return admin(authorization, () -> patched(Paths.activity(id), body));
    }

    private Uni<ObjectNode> patched(ActivityId activity, JsonNode body) {
        object(body);
        return edit.present(activity).chain(now -> {
            var whole = ActivityJson.write(now.terms()).put("name", now.name());
            return edited(now, merge(whole, body));
        });
    }

    private Uni<ObjectNode> edited(Activity present, JsonNode body) {
        var draft = ActivityJson.edited(present, body);
        return edit.replace(present, draft.version(), draft.name(), draft.terms())
                .map(ActivityAdminResource::view);
    }

    @POST
    @Path("{id}/pause")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Suspend the activity, whatever its version")
    public Uni<ObjectNode> pause(@RestHeader("authorization") String authorization, @RestPath String id) {
        return change(authorization, id, terms -> terms.suspended(true));
    }

    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "End the suspension")
    public Uni<ObjectNode> resume(@RestHeader("authorization") String authorization, @RestPath String id) {
        return change(authorization, id, terms -> terms.suspended(false));
    }

    @POST
    @Path("{id}/end")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Close the window now, for good")
    public Uni<ObjectNode> end(@RestHeader("authorization") String authorization, @RestPath String id) {
        return change(authorization, id, terms -> terms.endedAt(System.currentTimeMillis()));
    }

    private Uni<ObjectNode> change(String authorization, String id, UnaryOperator<Terms> change) {
        return admin(
                authorization, () -> edit.change(Paths.activity(id), change).map(ActivityAdminResource::view));
    }

    /** Runs an edit for an administrator, and for nobody else. */
    private <T> Uni<T> admin(String authorization, Supplier<Uni<T>> edit) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(admin -> edit.get());
    }

    private static ObjectNode view(Activity activity) {
        return ActivityView.WHOLE.of(ShownActivity.of(activity, OptionalLong.empty(), System.currentTimeMillis()));
    }

    private static JsonNode object(JsonNode body) {
        if (body == null || !body.isObject()) throw new Refusal(Reason.REQUEST_INVALID, "Send a JSON object");
        return body;
    }

    /** RFC 7396. */
    private static ObjectNode merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(change -> {
            var value = change.getValue();
            if (value.isNull()) target.remove(change.getKey());
            else if (value.isObject() && target.get(change.getKey()) instanceof ObjectNode inner) merge(inner, value);
            else target.set(change.getKey(), value);
        });
        return target;
    }
}
