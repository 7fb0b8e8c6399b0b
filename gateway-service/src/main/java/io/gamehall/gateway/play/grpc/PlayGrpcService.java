package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.OwnerCall;
import io.gamehall.gateway.play.PlayCalls;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.AutoEnterRoom;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.GetReady;
import io.gamehall.v1.LeaveReply;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.LeaveRoom;
import io.gamehall.v1.PlayService;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.QuickJoinTable;
import io.gamehall.v1.ReadyReply;
import io.gamehall.v1.ReadyRequest;
import io.gamehall.v1.ReportResultReply;
import io.gamehall.v1.ReportResultRequest;
import io.gamehall.v1.ReportRound;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.StandReply;
import io.gamehall.v1.StandRequest;
import io.gamehall.v1.StandUp;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.util.function.BiFunction;

/** {@code PlayService} on the wire: each call becomes one command to the owner of the room. */
@GrpcService
@RegisterInterceptor(GrpcTickets.class)
class PlayGrpcService implements PlayService {
    private final PlayCalls calls;
    private final OwnerChannels owners;
    private final Sessions sessions;
    private final PlayMetrics metrics;

    PlayGrpcService(PlayCalls calls, OwnerChannels owners, Sessions sessions, PlayMetrics metrics) {
        this.calls = calls;
        this.owners = owners;
        this.sessions = sessions;
        this.metrics = metrics;
    }

    @Override
    public Uni<EnterReply> autoEnter(AutoEnterRequest request) {
        return answer("AutoEnter", request.getRequestId(), (ticket, command) -> {
                    var game = PlayRequests.game(request.getGame());
                    return calls.autoEnter(
                            player(ticket),
                            game,
                            (endpoint, partition, deadline) -> owners.execute(
                                    endpoint,
                                    command.setAutoEnter(AutoEnterRoom.newBuilder()
                                                    .setGame(game)
                                                    .setPartition(partition))
                                            .build(),
                                    deadline));
                })
                .map(RoomCommandReply::getEntered);
    }

    @Override
    public Uni<EnterReply> enter(EnterRequest request) {
        return answer("Enter", request.getRequestId(), (ticket, command) -> {
                    var room = PlayRequests.room(request.getRoomId());
                    command.setEnter(EnterRoom.newBuilder().setRoomId(room.value()));
                    return calls.enter(player(ticket), room, call(command));
                })
                .map(RoomCommandReply::getEntered);
    }

    @Override
    public Uni<SeatReply> quickJoin(QuickJoinRequest request) {
        return inRoom(
                        "QuickJoin",
                        request.getRequestId(),
                        request.getRoomId(),
                        (room, command) ->
                                command.setQuickJoin(QuickJoinTable.newBuilder().setRoomId(room.value())))
                .map(RoomCommandReply::getSeated);
    }

    @Override
    public Uni<StandReply> stand(StandRequest request) {
        return inRoom(
                        "Stand",
                        request.getRequestId(),
                        request.getRoomId(),
                        (room, command) -> command.setStand(StandUp.newBuilder().setRoomId(room.value())))
                .map(RoomCommandReply::getStood);
    }

    @Override
    public Uni<LeaveReply> leave(LeaveRequest request) {
        return inRoom(
                        "Leave",
                        request.getRequestId(),
                        request.getRoomId(),
                        (room, command) ->
                                command.setLeave(LeaveRoom.newBuilder().setRoomId(room.value())))
                .map(RoomCommandReply::getLeft);
    }

    @Override
    public Uni<ReadyReply> ready(ReadyRequest request) {
        return inRoom(
                        "Ready",
                        request.getRequestId(),
                        request.getRoomId(),
                        (room, command) ->
                                command.setReady(GetReady.newBuilder().setRoomId(room.value())))
                .map(RoomCommandReply::getReady);
    }

    @Override
    public Uni<ReportResultReply> reportResult(ReportResultRequest request) {
        return inRoom("ReportResult", request.getRequestId(), request.getRoomId(), (room, command) -> {
                    PlayRequests.requireTable(request.getTable());
                    PlayRequests.requireScores(request.getScoresList());
                    return command.setReport(ReportRound.newBuilder()
                            .setRoomId(room.value())
                            .setTable(request.getTable())
                            .setRound(request.getRound())
                            .addAllScores(request.getScoresList()));
                })
                .map(RoomCommandReply::getReported);
    }

    private Uni<RoomCommandReply> inRoom(
            String method,
            String requestId,
            String roomId,
            BiFunction<RoomId, RoomCommandRequest.Builder, RoomCommandRequest.Builder> fill) {
        return answer(method, requestId, (ticket, command) -> {
            var room = PlayRequests.room(roomId);
            return calls.inRoom(room, call(fill.apply(room, command)));
        });
    }

    private Uni<RoomCommandReply> answer(
            String method,
            String requestId,
            BiFunction<Ticket, RoomCommandRequest.Builder, Uni<RoomCommandReply>> route) {
        var ticket = GrpcTickets.current();
        return metrics.measured(method, () -> {
            var command = RoomCommandRequest.newBuilder()
                    .setPlayerId(ticket.player())
                    .setSessionGeneration(ticket.generation())
                    .setRequestId(PlayRequests.requestId(requestId));
            return sessions.requireLive(ticket).flatMap(live -> route.apply(ticket, command));
        });
    }

    private OwnerCall<RoomCommandReply> call(RoomCommandRequest.Builder command) {
        var request = command.build();
        return (endpoint, partition, deadline) -> owners.execute(endpoint, request, deadline);
    }

    private static PlayerId player(Ticket ticket) {
        return new PlayerId(ticket.player());
    }
}
