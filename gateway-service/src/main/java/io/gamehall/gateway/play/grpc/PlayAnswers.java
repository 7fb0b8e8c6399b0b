package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.Entrant.Place;
import io.gamehall.gateway.play.OwnerRefused;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandReply.ReplyCase;
import io.gamehall.v1.RoomCommandRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;

/** What all players' calls have in common: a live session, a request id, an answer of the right kind, measured. */
@Singleton
class PlayAnswers {
    private final Sessions sessions;
    private final PlayMetrics metrics;

    PlayAnswers(Sessions sessions, PlayMetrics metrics) {
        this.sessions = sessions;
        this.metrics = metrics;
    }

    /**
     * Answers the call that this thread is in.
     *
     * @param kind of the answer; an owner that remembers another one for the request id has seen the id with another
     *     call
     * @param route sends the command, of which the caller's part is filled in
     */
    Uni<RoomCommandReply> to(
            String method,
            String requestId,
            ReplyCase kind,
            BiFunction<Ticket, RoomCommandRequest.Builder, Uni<RoomCommandReply>> route) {
        var ticket = GrpcTickets.current();
        return metrics.measured(method, () -> {
            var command = command(ticket, PlayRequests.requestId(requestId));
            return sessions.requireLive(ticket)
                    .flatMap(live -> route.apply(ticket, command))
                    .onFailure(OwnerRefused.class)
                    .transform(Throwable::getCause)
                    .invoke(reply -> {
                        if (reply.getReplyCase() != kind) {
                            throw new Refusal(Reason.REQUEST_INVALID, "request_id: used for another call before");
                        }
                    });
        });
    }

    /** Where the answer to an entry says that the player is. */
    static Optional<Place> place(RoomCommandReply reply) {
        if (!reply.hasEntered()) return Optional.empty();
        var entered = reply.getEntered();
        var room = entered.getRoomId();
        return Optional.of(new Place(
                room.isEmpty() ? Optional.empty() : Optional.of(new RoomId(room)), entered.getWaitPosition() > 0));
    }

    static RoomCommandRequest.Builder command(Ticket ticket, String requestId) {
        return RoomCommandRequest.newBuilder()
                .setPlayerId(ticket.player())
                .setSessionGeneration(ticket.generation())
                .setRequestId(requestId);
    }
}
