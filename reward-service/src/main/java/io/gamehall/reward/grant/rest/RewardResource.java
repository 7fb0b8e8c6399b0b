package io.gamehall.reward.grant.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.reward.grant.ChangeGrants;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a player claims rewards. The id of a grant may hold slashes, and may stand in the path as it is. */
@Path("/api/rewards")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Grants")
public class RewardResource {
    private final LiveTickets tickets;
    private final ChangeGrants grants;

    public RewardResource(LiveTickets tickets, ChangeGrants grants) {
        this.tickets = tickets;
        this.grants = grants;
    }

    @POST
    @Path("/{id:.+}/claim")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Claim a reward of mine; repeated, it gives the same answer",
            description = "Needs a session token in the authorization header.")
    public Uni<GrantView> claim(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Parameter(description = "grant_id of the grant, as it is or percent-encoded") @PathParam("id") String id) {
        return tickets.verify(authorization)
                .flatMap(ticket -> grants.claim(Asked.grant(ticket.player(), id)))
                .map(grant -> GrantView.forPlayer(grant, System.currentTimeMillis()));
    }
}
