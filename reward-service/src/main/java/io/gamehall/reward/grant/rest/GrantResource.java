package io.gamehall.reward.grant.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.reward.grant.GrantHistory;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A player's own grants. */
@Path("/api/grants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Grants", description = "Rewards a player was given")
public class GrantResource {
    private final LiveTickets tickets;
    private final GrantHistory history;

    public GrantResource(LiveTickets tickets, GrantHistory history) {
        this.tickets = tickets;
        this.history = history;
    }

    @GET
    @Path("/me")
    @Operation(summary = "My grants, newest first", description = "Needs a session token in the authorization header.")
    public Uni<GrantsView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Parameter(description = "Grants at most: 1 to 100, 20 when left out") @QueryParam("limit") String limit,
            @Parameter(description = "next_before of the page before this one") @QueryParam("before") String before) {
        return tickets.verify(authorization)
                .flatMap(ticket -> history.grants(Asked.history(ticket.player(), limit, before)))
                .map(page -> {
                    var nowMs = System.currentTimeMillis();
                    return GrantsView.of(page, grant -> GrantView.forPlayer(grant, nowMs));
                });
    }
}
