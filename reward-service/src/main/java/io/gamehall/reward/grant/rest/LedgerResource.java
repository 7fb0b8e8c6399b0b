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

/** A player's own ledger. */
@Path("/api/ledger")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Grants")
public class LedgerResource {
    private final LiveTickets tickets;
    private final GrantHistory history;

    public LedgerResource(LiveTickets tickets, GrantHistory history) {
        this.tickets = tickets;
        this.history = history;
    }

    @GET
    @Path("/me")
    @Operation(
            summary = "Everything that changed what I hold, newest first",
            description = "Needs a session token in the authorization header.")
    public Uni<LedgerView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Parameter(description = "Entries at most: 1 to 100, 20 when left out") @QueryParam("limit") String limit,
            @Parameter(description = "next_before of the page before this one") @QueryParam("before") String before) {
        return tickets.verify(authorization)
                .flatMap(ticket -> history.ledger(Asked.history(ticket.player(), limit, before)))
                .map(page -> LedgerView.of(page, false));
    }
}
