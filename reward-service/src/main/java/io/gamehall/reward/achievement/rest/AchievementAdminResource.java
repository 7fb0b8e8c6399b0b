package io.gamehall.reward.achievement.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.reward.achievement.Achievements;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Achievements of any player, for administrators. */
@Path("/api/admin/players/{player}/achievements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements", description = "What a player's roles have reached")
public class AchievementAdminResource {
    private final LiveTickets tickets;
    private final Achievements achievements;

    public AchievementAdminResource(LiveTickets tickets, Achievements achievements) {
        this.tickets = tickets;
        this.achievements = achievements;
    }

    @GET
    @Operation(summary = "A player's achievements, newest first", description = "Needs the role admin.")
    public Uni<AchievementsView> ofPlayer(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("player") String player,
            @QueryParam("limit") String limit,
            @QueryParam("before") String before) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(_ -> achievements.page(Asked.query(Asked.player(player), limit, before)))
                .map(AchievementsView::of);
    }
}
