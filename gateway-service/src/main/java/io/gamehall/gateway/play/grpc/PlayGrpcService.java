package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.AutoEntry;
import io.gamehall.gateway.play.Entrant;
import io.gamehall.gateway.play.OwnerCall;
import io.gamehall.gateway.play.PlayCalls;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.AutoEnterRoom;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.GetReady;
import io.gamehall.v1.LeaveReply;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.LeaveRoom;
import io.gamehall.v1.PlayService;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.QuickJoinTable;
import io.gamehall.v1.ReadyReply;
import io.gamehall.v1.ReadyRequest;
import io.gamehall.v1.RelayReply;
import io.gamehall.v1.ReportResultReply;
import io.gamehall.v1.ReportResultRequest;
import io.gamehall.v1.ReserveSeatsRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandReply.ReplyCase;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.SayReply;
import io.gamehall.v1.SayRequest;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.SeatsReply;
import io.gamehall.v1.SignalRequest;
import io.gamehall.v1.SitRequest;
import io.gamehall.v1.SitTogetherRequest;
import io.gamehall.v1.StandReply;
import io.gamehall.v1.StandRequest;
import io.gamehall.v1.StandUp;
import io.gamehall.v1.SwapReply;
import io.gamehall.v1.SwapRequest;
import io.gamehall.v1.WhisperRequest;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@code PlayService} on the wire: each call becomes one command to the owner of the room. */
@GrpcService
@RegisterInterceptor(GrpcTickets.class)
class PlayGrpcService implements PlayService {
    private final PlayCalls calls;
    private final AutoEntry autoEntry;
    private final OwnerChannels owners;
    private final PlayAnswers answers;

    PlayGrpcService(PlayCalls calls, AutoEntry autoEntry, OwnerChannels owners, PlayAnswers answers) {
        this.calls = calls;
        this.autoEntry = autoEntry;
        this.owners = owners;
        this.answers = answers;
    }

    @Override
    public Uni<EnterReply> autoEnter(AutoEnterRequest request) {
        return answers.to("AutoEnter", request.getRequestId(), ReplyCase.ENTERED, (ticket, command) -> {
                    var game = PlayRequests.game(request.getGame());
                    var requestId = command.getRequestId();
                    return autoEntry.enter(
                            entrant(ticket, command),
                            game,
                            pass -> (endpoint, partition, time) -> owners.execute(
                                    endpoint,
                                    command.clone()
                                            .setRequestId(PlayRequests.requestId(requestId, pass))
                                            .setAutoEnter(AutoEnterRoom.newBuilder()
                                                    .setGame(game)
                                                    .setPartition(partition))
                                            .build(),
                                    time));
                })
                .map(RoomCommandReply::getEntered);
    }

    @Override
    public Uni<EnterReply> enter(EnterRequest request) {
        return answers.to("Enter", request.getRequestId(), ReplyCase.ENTERED, (ticket, command) -> {
                    var room = PlayRequests.room(request.getRoomId());
                    return calls.enter(entrant(ticket, command), room, call(PlayCommands.enter(command, request)));
                })
                .map(RoomCommandReply::getEntered);
    }

    @Override
    public Uni<SeatReply> quickJoin(QuickJoinRequest request) {
        var room = request.getRoomId();
        return inRoom(
                        "QuickJoin",
                        request.getRequestId(),
                        room,
                        ReplyCase.SEATED,
                        command ->
                                command.setQuickJoin(QuickJoinTable.newBuilder().setRoomId(room)))
                .map(RoomCommandReply::getSeated);
    }

    @Override
    public Uni<SeatReply> sit(SitRequest request) {
        return inRoom(
                        "Sit",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.SEATED,
                        command -> PlayCommands.sit(command, request))
                .map(RoomCommandReply::getSeated);
    }

    @Override
    public Uni<SwapReply> swap(SwapRequest request) {
        return inRoom(
                        "Swap",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.SWAPPED,
                        command -> PlayCommands.swap(command, request))
                .map(RoomCommandReply::getSwapped);
    }

    @Override
    public Uni<SeatsReply> sitTogether(SitTogetherRequest request) {
        return inRoom(
                        "SitTogether",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.SEATS,
                        command -> PlayCommands.sitTogether(command, request))
                .map(RoomCommandReply::getSeats);
    }

    @Override
    public Uni<SeatsReply> reserveSeats(ReserveSeatsRequest request) {
        return inRoom(
                        "ReserveSeats",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.SEATS,
                        command -> PlayCommands.reserve(command, request))
                .map(RoomCommandReply::getSeats);
    }

    @Override
    public Uni<StandReply> stand(StandRequest request) {
        var room = request.getRoomId();
        return inRoom(
                        "Stand",
                        request.getRequestId(),
                        room,
                        ReplyCase.STOOD,
                        command -> command.setStand(StandUp.newBuilder().setRoomId(room)))
                .map(RoomCommandReply::getStood);
    }

    @Override
    public Uni<LeaveReply> leave(LeaveRequest request) {
        return answers.to("Leave", request.getRequestId(), ReplyCase.LEFT, (ticket, command) -> {
                    var room = PlayRequests.room(request.getRoomId());
                    return calls.leave(
                            player(ticket),
                            room,
                            call(command.setLeave(LeaveRoom.newBuilder().setRoomId(room.value()))));
                })
                .map(RoomCommandReply::getLeft);
    }

    @Override
    public Uni<ReadyReply> ready(ReadyRequest request) {
        var room = request.getRoomId();
        return inRoom(
                        "Ready",
                        request.getRequestId(),
                        room,
                        ReplyCase.READY,
                        command -> command.setReady(GetReady.newBuilder().setRoomId(room)))
                .map(RoomCommandReply::getReady);
    }

    @Override
    public Uni<ReportResultReply> reportResult(ReportResultRequest request) {
        return inRoom(
                        "ReportResult",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.REPORTED,
                        command -> PlayCommands.report(command, request))
                .map(RoomCommandReply::getReported);
    }

    @Override
    public Uni<SayReply> say(SayRequest request) {
        return inRoom(
                        "Say",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.SAID,
                        command -> PlayCommands.say(command, request))
                .map(RoomCommandReply::getSaid);
    }

    @Override
    public Uni<RelayReply> whisper(WhisperRequest request) {
        return inRoom(
                        "Whisper",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.RELAYED,
                        command -> PlayCommands.whisper(command, request))
                .map(RoomCommandReply::getRelayed);
    }

    @Override
    public Uni<RelayReply> signal(SignalRequest request) {
        return inRoom(
                        "Signal",
                        request.getRequestId(),
                        request.getRoomId(),
                        ReplyCase.RELAYED,
                        command -> PlayCommands.signal(command, request))
                .map(RoomCommandReply::getRelayed);
    }

    private Uni<RoomCommandReply> inRoom(
            String method,
            String requestId,
            String roomId,
            ReplyCase kind,
            UnaryOperator<RoomCommandRequest.Builder> fill) {
        return answers.to(method, requestId, kind, (ticket, command) -> {
            var room = PlayRequests.room(roomId);
            return calls.inRoom(room, call(fill.apply(command)));
        });
    }

    /** Takes the caller off a wait-list, as a request of its own. */
    private Function<RoomId, OwnerCall<?>> leaving(Ticket ticket) {
        return room -> call(PlayAnswers.command(ticket, UUID.randomUUID().toString())
                .setLeave(LeaveRoom.newBuilder().setRoomId(room.value())));
    }

    private Entrant<RoomCommandReply> entrant(Ticket ticket, RoomCommandRequest.Builder command) {
        return new Entrant<>(
                player(ticket), ticket.generation(), command.getRequestId(), leaving(ticket), PlayAnswers::place);
    }

    private OwnerCall<RoomCommandReply> call(RoomCommandRequest.Builder command) {
        var request = command.build();
        return (endpoint, partition, time) -> owners.execute(endpoint, request, time);
    }

    private static PlayerId player(Ticket ticket) {
        return new PlayerId(ticket.player());
    }
}
