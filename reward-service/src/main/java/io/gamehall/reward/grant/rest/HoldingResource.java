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

/** What a player holds. */
@Path("/api/holdings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Grants")
public class HoldingResource {
    private final LiveTickets tickets;
    private final GrantHistory history;

    public HoldingResource(LiveTickets tickets, GrantHistory history) {
        this.tickets = tickets;
        this.history = history;
    }

    @GET
    @Path("/me")
    @Operation(
            summary = "My points, and my items and titles in the order of kinds and names",
            description = "Needs a session token in the authorization header.")
    public Uni<HoldingsView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Parameter(description = "Items and titles at most: 1 to 100, 100 when left out") @QueryParam("limit")
                    String limit,
            @Parameter(description = "next_after of the page before this one") @QueryParam("after") String after) {
        return tickets.verify(authorization)
                .flatMap(ticket -> history.holdings(Asked.holdings(ticket.player(), limit, after)))
                .map(HoldingsView::of);
    }
}
