package io.gamehall.reward.grant.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Ticket;
import io.gamehall.reward.grant.ChangeGrants;
import io.gamehall.reward.grant.GrantHistory;
import io.gamehall.reward.grant.domain.GrantChange;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What administrators see and do of a player's grants: needs the role {@code admin}. */
@Path("/api/admin/players/{player}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Grants of players", description = "For administrators")
public class PlayerAdminResource {
    private final LiveTickets tickets;
    private final GrantHistory history;
    private final ChangeGrants grants;

    public PlayerAdminResource(LiveTickets tickets, GrantHistory history, ChangeGrants grants) {
        this.tickets = tickets;
        this.history = history;
        this.grants = grants;
    }

    @GET
    @Path("/grants")
    @Operation(summary = "A player's grants, newest first")
    public Uni<GrantsView> grants(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player,
            @QueryParam("limit") String limit,
            @QueryParam("before") String before) {
        return admin(authorization)
                .flatMap(admin -> history.grants(Asked.history(Asked.player(player), limit, before)))
                .map(page -> {
                    var nowMs = System.currentTimeMillis();
                    return GrantsView.of(page, grant -> GrantView.forAdmin(grant, nowMs));
                });
    }

    @GET
    @Path("/ledger")
    @Operation(summary = "Everything that changed what a player holds, newest first")
    public Uni<LedgerView> ledger(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player,
            @QueryParam("limit") String limit,
            @QueryParam("before") String before) {
        return admin(authorization)
                .flatMap(admin -> history.ledger(Asked.history(Asked.player(player), limit, before)))
                .map(page -> LedgerView.of(page, true));
    }

    @GET
    @Path("/holdings")
    @Operation(summary = "What a player holds")
    public Uni<HoldingsView> holdings(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player,
            @QueryParam("limit") String limit,
            @QueryParam("after") String after) {
        return admin(authorization)
                .flatMap(admin -> history.holdings(Asked.holdings(Asked.player(player), limit, after)))
                .map(HoldingsView::of);
    }

    @POST
    @Path("/rewards/{id:.+}/revoke")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take a grant back, for good; repeated, it gives the same answer")
    public Uni<GrantView> revoke(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player,
            @PathParam("id") String id,
            JsonNode body) {
        return admin(authorization)
                .flatMap(admin -> grants.revoke(Asked.grant(Asked.player(player), id), admin.player(), why(body)))
                .map(grant -> GrantView.forAdmin(grant, System.currentTimeMillis()));
    }

    private Uni<Ticket> admin(String authorization) {
        return tickets.verify(authorization).map(ticket -> ticket.require("admin"));
    }

    private static String why(JsonNode body) {
        try {
            return GrantChange.why(body == null ? null : body.path("why").textValue());
        } catch (IllegalArgumentException unfit) {
            throw Asked.refused("Send {\"why\":\"1 to " + GrantChange.WHY_MAX + " characters\"}");
        }
    }
}
