package io.gamehall.reward.grant.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.grant.GrantHistory;
import io.gamehall.reward.grant.domain.GrantPage;
import io.gamehall.reward.grant.domain.GrantPage.Query;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
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
                .flatMap(ticket -> history.page(query(ticket.player(), limit, before)))
                .map(GrantsView::of);
    }

    private static Query query(long player, String limit, String before) {
        try {
            return new GrantPage.Query(
                    player,
                    limit == null ? Query.LIMIT_DEFAULT : Integer.parseInt(limit),
                    Optional.ofNullable(before).map(Cursors::parse));
        } catch (NumberFormatException notANumber) {
            throw new Refusal(Reason.REQUEST_INVALID, "limit is a whole number from 1 to " + Query.LIMIT_MAX);
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }
}
