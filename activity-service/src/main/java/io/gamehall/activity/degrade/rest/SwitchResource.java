package io.gamehall.activity.degrade.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamehall.activity.catalog.rest.Paths;
import io.gamehall.activity.degrade.Switch;
import io.gamehall.activity.degrade.Switches;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** What administrators switch off, and on again: needs the role {@code admin}. A switch that is not off is not there. */
@Path("/api/switches/off")
@Tag(name = "switches")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SwitchResource {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final LiveTickets tickets;
    private final Switches switches;

    public SwitchResource(LiveTickets tickets, Switches switches) {
        this.tickets = tickets;
        this.switches = switches;
    }

    @GET
    @Operation(summary = "Everything that is switched off")
    public Uni<List<SwitchView>> list(@RestHeader("authorization") String authorization) {
        return admin(authorization, admin -> switches.read()
                .map(off -> off.stream().map(SwitchView::of).toList()));
    }

    @PUT
    @Path("joins")
    @Operation(summary = "No more joins, of any activity")
    public Uni<Void> joinsOff(@RestHeader("authorization") String authorization, JsonNode body) {
        return admin(authorization, admin -> off(Switches.JOINS, admin, body));
    }

    @DELETE
    @Path("joins")
    @Operation(summary = "Joins again")
    public Uni<Void> joinsOn(@RestHeader("authorization") String authorization) {
        return admin(authorization, admin -> switches.switchOn(Switches.JOINS));
    }

    @PUT
    @Path("joins/{id}")
    @Operation(summary = "No more joins of this activity")
    public Uni<Void> joinsOff(@RestHeader("authorization") String authorization, @RestPath String id, JsonNode body) {
        return admin(authorization, admin -> off(Switches.nameOf(Paths.activity(id)), admin, body));
    }

    @DELETE
    @Path("joins/{id}")
    @Operation(summary = "Joins of this activity again")
    public Uni<Void> joinsOn(@RestHeader("authorization") String authorization, @RestPath String id) {
        return admin(authorization, admin -> switches.switchOn(Switches.nameOf(Paths.activity(id))));
    }

    private Uni<Void> off(String name, Ticket admin, JsonNode body) {
        var why = body == null ? null : body.path("why").textValue();
        if (why == null || why.isBlank() || why.length() > Switch.WHY_MAX) {
            throw new Refusal(Reason.REQUEST_INVALID, "Send {\"why\":\"1 to " + Switch.WHY_MAX + " characters\"}");
        }
        return switches.switchOff(new Switch(name, why, admin.player(), System.currentTimeMillis()));
    }

    private <T> Uni<T> admin(String authorization, Function<Ticket, Uni<T>> work) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(admin -> work.apply(admin)
                        .onFailure(failure -> !(failure instanceof Refusal))
                        .transform(failure -> new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database does not answer")
                                .retryAfter(RETRY)));
    }
}
