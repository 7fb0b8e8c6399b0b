package io.gamehall.reward.account.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.account.Accounts;
import io.gamehall.reward.account.domain.Account;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Any account of this region: needs the role {@code admin}. */
@Path("/api/admin/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class AccountAdminResource {
    private final LiveTickets tickets;
    private final Accounts accounts;

    public AccountAdminResource(LiveTickets tickets, Accounts accounts) {
        this.tickets = tickets;
        this.accounts = accounts;
    }

    /** An account as JSON for administrators: also whether it moves or has moved. */
    @RegisterForReflection
    public record AdminView(
            @JsonUnwrapped AccountView account,
            String state,

            @JsonProperty("other_region") @JsonInclude(JsonInclude.Include.NON_NULL)
            String otherRegion) {
        static AdminView of(Account account) {
            return new AdminView(
                    AccountView.of(account),
                    account.registration().state().name().toLowerCase(Locale.ROOT),
                    account.registration().otherRegion().orElse(null));
        }
    }

    @GET
    @Path("/{player}")
    @Operation(summary = "A player's account", description = "Needs the role admin.")
    public Uni<AdminView> account(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(admin -> accounts.find(id(player)))
                .map(found -> found.map(AdminView::of)
                        .orElseThrow(
                                () -> new Refusal(Reason.ACCOUNT_NOT_FOUND, "No account of this region has that id")));
    }

    private static long id(String player) {
        try {
            var id = Long.parseUnsignedLong(player);
            if (id > 0) return id;
        } catch (NumberFormatException notANumber) {
            // As any other number that is no id.
        }
        throw new Refusal(Reason.REQUEST_INVALID, "A player's id is a whole number in decimal digits");
    }
}
