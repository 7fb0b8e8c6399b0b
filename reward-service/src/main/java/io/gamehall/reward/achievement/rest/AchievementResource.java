package io.gamehall.reward.achievement.rest;

import io.gamehall.platform.LiveTickets;
import io.gamehall.reward.achievement.Achievements;
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

/** A player's own achievements. */
@Path("/api/achievements")
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
    @Path("/me")
    @Operation(
            summary = "My achievements, newest first",
            description = "Needs a session token in the authorization header.")
    public Uni<AchievementsView> mine(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Parameter(description = "Achievements at most: 1 to 100, 20 when left out") @QueryParam("limit")
                    String limit,
            @Parameter(description = "next_before of the page before this one") @QueryParam("before") String before) {
        return tickets.verify(authorization)
                .flatMap(ticket -> achievements.page(Asked.query(ticket.player(), limit, before)))
                .map(AchievementsView::of);
    }
}
