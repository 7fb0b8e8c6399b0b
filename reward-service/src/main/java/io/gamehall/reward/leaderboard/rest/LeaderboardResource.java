package io.gamehall.reward.leaderboard.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.leaderboard.MendBoards;
import io.gamehall.reward.leaderboard.ShowBoards;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.gamehall.reward.leaderboard.domain.BoardQuery.Around;
import io.gamehall.reward.leaderboard.domain.BoardQuery.Top;
import io.gamehall.reward.leaderboard.rest.LeaderboardView.MyRankView;
import io.gamehall.reward.store.StoreFault;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Leaderboards of this region. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Leaderboards", description = "Who is best in a game")
public class LeaderboardResource {
    private final LiveTickets tickets;
    private final ShowBoards boards;
    private final MendBoards mend;

    public LeaderboardResource(LiveTickets tickets, ShowBoards boards, MendBoards mend) {
        this.tickets = tickets;
        this.boards = boards;
        this.mend = mend;
    }

    @GET
    @Path("/leaderboards/{game}")
    @Operation(summary = "The best of a game", description = "Needs a session token in the authorization header.")
    public Uni<LeaderboardView> top(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("game") String game,
            @Parameter(description = "Ranks passed over: 0 to 1000000") @QueryParam("offset") String offset,
            @Parameter(description = "Places at most: 1 to 100, 20 when left out") @QueryParam("limit") String limit) {
        return tickets.verify(authorization).flatMap(ticket -> {
            var query =
                    parsed(() -> new Top(game, number("offset", offset, 0), number("limit", limit, Top.LIMIT_DEFAULT)));
            return boards.show(query).map(shown -> LeaderboardView.of(game, ticket.region(), shown));
        });
    }

    @GET
    @Path("/leaderboards/{game}/me")
    @Operation(summary = "My rank", description = "Needs a session token in the authorization header.")
    public Uni<MyRankView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("game") String game,
            @Parameter(description = "Places on either side: 0 to 50, 5 when left out") @QueryParam("around")
                    String around) {
        return tickets.verify(authorization).flatMap(ticket -> {
            var player = ticket.player();
            var query = parsed(() -> new Around(game, player, number("around", around, Around.AROUND_DEFAULT)));
            return boards.show(query).map(shown -> MyRankView.of(game, ticket.region(), player, shown));
        });
    }

    @POST
    @Path("/admin/leaderboards/rebuild")
    @Operation(summary = "Have all boards built anew from the database", description = "Needs the role admin.")
    public Uni<RestResponse<Void>> rebuild(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(admin -> mend.rebuild())
                .onFailure(StoreFault.class)
                .transform(away -> new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database does not answer")
                        .retryAfter(Duration.ofSeconds(1)))
                .replaceWith(RestResponse.accepted());
    }

    private static int number(String what, String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(what + " is a whole number", notANumber);
        }
    }

    private static <Q extends BoardQuery> Q parsed(Supplier<Q> query) {
        try {
            return query.get();
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }
}
