package io.gamehall.reward.achievement.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.achievement.Achievements;
import io.gamehall.reward.achievement.domain.AchievementPage.Cursor;
import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Achievements of the player who asks, and of any player for administrators. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements", description = "What a player's roles have reached")
public class AchievementResource {
    private final LiveTickets tickets;
    private final Achievements achievements;

    public AchievementResource(LiveTickets tickets, Achievements achievements) {
        this.tickets = tickets;
        this.achievements = achievements;
    }

    @GET
    @Path("/achievements/me")
    @Operation(
            summary = "My achievements, newest first",
            description = "Needs a session token in the authorization header.")
    public Uni<AchievementsView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Parameter(description = "Achievements at most: 1 to 100, 20 when left out") @QueryParam("limit")
                    String limit,
            @Parameter(description = "next_before of the page before this one") @QueryParam("before") String before) {
        return tickets.verify(authorization)
                .flatMap(ticket -> achievements.page(query(ticket.player(), limit, before)))
                .map(AchievementsView::of);
    }

    @GET
    @Path("/admin/players/{player}/achievements")
    @Operation(summary = "A player's achievements, newest first", description = "Needs the role admin.")
    public Uni<AchievementsView> ofPlayer(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player,
            @QueryParam("limit") String limit,
            @QueryParam("before") String before) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(_ -> achievements.page(query(player(player), limit, before)))
                .map(AchievementsView::of);
    }

    private static long player(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw new Refusal(Reason.REQUEST_INVALID, "A player's id is a number");
        }
    }

    private static Query query(long player, String limit, String before) {
        try {
            return new Query(
                    player,
                    limit == null ? Query.LIMIT_DEFAULT : Integer.parseInt(limit),
                    Optional.ofNullable(before).map(AchievementResource::cursor));
        } catch (NumberFormatException notANumber) {
            throw new Refusal(Reason.REQUEST_INVALID, "limit is a whole number from 1 to " + Query.LIMIT_MAX);
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }

    private static Cursor cursor(String text) {
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("before is not the next_before of an earlier page", damaged);
        }
    }
}
