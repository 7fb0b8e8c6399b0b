package io.gamehall.reward.account.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.reward.account.Accounts;
import io.gamehall.reward.account.domain.Account.Registration;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A player's own account. */
@Path("/api/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts", description = "Points and scores of a player")
public class AccountResource {
    private final LiveTickets tickets;
    private final Accounts accounts;

    public AccountResource(LiveTickets tickets, Accounts accounts) {
        this.tickets = tickets;
        this.accounts = accounts;
    }

    @GET
    @Path("/me")
    @Operation(summary = "My account", description = "Needs a session token in the authorization header.")
    public Uni<AccountView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return tickets.verify(authorization)
                .flatMap(ticket -> accounts.of(ticket.player(), Registration.live(ticket.name(), ticket.region())))
                .map(AccountView::of);
    }
}
