package io.gamehall.gateway.directory.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.gateway.directory.RoomPages;
import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Tickets;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The rooms for those who poll. Their ETag follows from the page's content, so it is good at any gateway. */
@Path("/api/rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {
    private final RoomPages pages;
    private final Tickets tickets;
    private final Sessions sessions;

    RoomsResource(RoomPages pages, Tickets tickets, Sessions sessions) {
        this.pages = pages;
        this.tickets = tickets;
        this.sessions = sessions;
    }

    /** A page; {@code next} is to be given as {@code after}, and null on the last page. */
    @RegisterForReflection
    public record PageView(
            @JsonProperty("rooms") List<RoomView> rooms,
            @JsonProperty("next") String next) {}

    /** A room. */
    @RegisterForReflection
    public record RoomView(
            @JsonProperty("room_id") String roomId,
            @JsonProperty("game") String game,
            @JsonProperty("members") int members,
            @JsonProperty("capacity") int capacity,
            @JsonProperty("seated") int seated,
            @JsonProperty("tables") int tables,
            @JsonProperty("tables_playing") int tablesPlaying,
            @JsonProperty("seats_per_table") int seatsPerTable,
            @JsonProperty("open") boolean open,
            @JsonProperty("waiting") int waiting) {
        static RoomView of(RoomSummary room) {
            return new RoomView(
                    room.id().value(),
                    room.game(),
                    room.members(),
                    room.capacity(),
                    room.seated(),
                    room.tables(),
                    room.playing(),
                    room.seatsPerTable(),
                    room.open(),
                    room.waiting());
        }
    }

    /**
     * A page of rooms.
     *
     * @param game all games where it is missing
     * @param hasSpace {@code true}: only rooms that a player can enter now
     * @param with ids of players, separated by commas: only rooms in which one of them is
     * @param order {@code id}, {@code fullest} or {@code emptiest}
     * @param limit 1-500; 100 where it is missing
     * @param after {@code next} of the page before, with the same filters and order
     */
    @GET
    public Uni<RestResponse<PageView>> rooms(
            @RestQuery String game,
            @RestQuery("has_space") String hasSpace,
            @RestQuery String with,
            @RestQuery String order,
            @RestQuery String limit,
            @RestQuery String after,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
        return sessions.requireLive(tickets.verify(authorization))
                .map(live -> pages.page(RoomParameters.query(game, hasSpace, with, order, limit, after)))
                .map(page -> response(page, known));
    }

    private static RestResponse<PageView> response(RoomPages.Tagged tagged, String known) {
        var etag = "\"" + tagged.tag() + "\"";
        if (isKnown(etag, known)) {
            return RestResponse.ResponseBuilder.<PageView>notModified()
                    .header(HttpHeaders.ETAG, etag)
                    .build();
        }
        var rooms = tagged.page().rooms().stream().map(RoomView::of).toList();
        var next = tagged.page().next().isEmpty() ? null : tagged.page().next();
        return RestResponse.ResponseBuilder.ok(new PageView(rooms, next))
                .header(HttpHeaders.ETAG, etag)
                .build();
    }

    private static boolean isKnown(String etag, String known) {
        if (known == null) return false;
        for (var one : known.split(",")) {
            var tag = one.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) return true;
        }
        return false;
    }
}
