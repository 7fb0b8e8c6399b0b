package io.gamehall.gateway.directory.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.RoomPage;
import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Tickets;
import io.gamehall.room.domain.RoomId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The rooms for those who poll. Their ETag follows from the page's content, so it is good at any gateway. */
@Path("/api/rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {
    private final Directory directory;
    private final Tickets tickets;
    private final Sessions sessions;

    RoomsResource(Directory directory, Tickets tickets, Sessions sessions) {
        this.directory = directory;
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
     * A page of rooms in the order of their ids.
     *
     * @param game all games where it is missing
     * @param limit 1-500; 100 where it is missing
     * @param after the last room of the page before
     */
    @GET
    public Uni<RestResponse<PageView>> rooms(
            @RestQuery String game,
            @RestQuery String limit,
            @RestQuery String after,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
        return sessions.requireLive(tickets.verify(authorization))
                .map(live -> directory.page(game == null ? "" : game, after(after), limit(limit)))
                .map(page -> response(page, known));
    }

    private static RestResponse<PageView> response(RoomPage page, String known) {
        var etag = "\"" + Long.toHexString(contentHash(page)) + "\"";
        if (isKnown(etag, known)) {
            return RestResponse.ResponseBuilder.<PageView>notModified()
                    .header(HttpHeaders.ETAG, etag)
                    .build();
        }
        var rooms = page.rooms().stream().map(RoomView::of).toList();
        var next = page.hasMore() ? rooms.getLast().roomId() : null;
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

    /** FNV-1a over everything that the page shows, 64 bits. */
    private static long contentHash(RoomPage page) {
        long hash = 0xcbf29ce484222325L;
        for (var room : page.rooms()) {
            for (byte b : room.toString().getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b) * 0x100000001b3L;
        }
        return page.hasMore() ? hash : ~hash;
    }

    private static int limit(String limit) {
        try {
            return limit == null ? RoomPage.SIZE_DEFAULT : Integer.parseInt(limit);
        } catch (NumberFormatException invalid) {
            throw new Refusal(Reason.PAGE_INVALID, "The limit is a number from 1 to " + RoomPage.SIZE_MAX);
        }
    }

    private static Optional<RoomId> after(String after) {
        try {
            return Optional.ofNullable(after).map(RoomId::new);
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.PAGE_INVALID, "Not the id of a room: after");
        }
    }
}
