package io.gamehall.activity.join.rest;

import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.catalog.rest.Paths;
import io.gamehall.activity.join.MyActivityJoins;
import io.gamehall.activity.join.PlayerJoins;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Joining, over REST. Translates; decides nothing. */
@Path("/api/activities")
@Tag(name = "joins")
@Produces(MediaType.APPLICATION_JSON)
public class JoinResource {
    private final LiveTickets tickets;
    private final PlayerJoins joins;
    private final MyActivityJoins myJoins;

    public JoinResource(LiveTickets tickets, PlayerJoins joins, MyActivityJoins myJoins) {
        this.tickets = tickets;
        this.joins = joins;
        this.myJoins = myJoins;
    }

    @POST
    @Path("{id}/joins")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Join the activity",
            description = "201 with the join; 200 with the same join when the player has it already. No body."
                    + " ordinal names which of the player's joins it is to be, for activities that give several."
                    + " place is what a player was given who had to wait.")
    public Uni<RestResponse<JoinView>> join(
            @RestHeader("authorization") String authorization,
            @RestPath String id,
            @RestQuery String ordinal,
            @RestQuery String place) {
        var started = System.nanoTime();
        var live = tickets.verify(authorization);
        var activity = Paths.activity(id);
        var wanted = ordinal(ordinal);
        return live.flatMap(ticket -> joins.join(ticket, activity, wanted, place, started)
                .map(join -> JoinAnswers.of(activity, ticket.player(), join)));
    }

    @GET
    @Path("{id}/joins/me")
    @Operation(summary = "The caller's joins of this activity")
    public Uni<MyJoins> mine(@RestHeader("authorization") String authorization, @RestPath String id) {
        var live = tickets.verify(authorization);
        var activity = Paths.activity(id);
        return live.map(Ticket::player).flatMap(player -> myJoins.of(activity, player)
                .map(joins -> new MyJoins(
                        activity.value(),
                        Long.toUnsignedString(player),
                        joins.entrySet().stream()
                                .map(join -> JoinView.of(activity, player, join.getKey(), join.getValue()))
                                .toList())));
    }

    private static int ordinal(String text) {
        if (text == null) return JoinRequest.NEXT;
        try {
            var ordinal = Integer.parseInt(text);
            if (ordinal >= 1 && ordinal <= PlayerCap.MAX) return ordinal;
        } catch (NumberFormatException noNumber) {
            // answered below
        }
        throw new Refusal(Reason.REQUEST_INVALID, "ordinal is a number from 1 to " + PlayerCap.MAX);
    }
}
