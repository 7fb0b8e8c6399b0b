package io.gamehall.gateway.play.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.ReportResultRequest;
import io.gamehall.v1.ReportRound;
import io.gamehall.v1.ReserveSeatsFor;
import io.gamehall.v1.ReserveSeatsRequest;
import io.gamehall.v1.RoomCommandRequest.Builder;
import io.gamehall.v1.SayInRoom;
import io.gamehall.v1.SayRequest;
import io.gamehall.v1.SignalRequest;
import io.gamehall.v1.SignalTo;
import io.gamehall.v1.SitDown;
import io.gamehall.v1.SitRequest;
import io.gamehall.v1.SitTogetherAt;
import io.gamehall.v1.SitTogetherRequest;
import io.gamehall.v1.SwapRequest;
import io.gamehall.v1.SwapSeats;
import io.gamehall.v1.WhisperRequest;
import io.gamehall.v1.WhisperTo;

/** Players' requests as commands to the owner of the room. What can't be right is refused before it travels. */
final class PlayCommands {
    private PlayCommands() {}

    static Builder enter(Builder command, EnterRequest request) {
        return command.setEnter(
                EnterRoom.newBuilder().setRoomId(request.getRoomId()).setWaitIfFull(request.getWaitIfFull()));
    }

    static Builder sit(Builder command, SitRequest request) {
        PlayRequests.requireSeat(request.getTable(), request.getSeat());
        return command.setSit(SitDown.newBuilder()
                .setRoomId(request.getRoomId())
                .setTable(request.getTable())
                .setSeat(request.getSeat()));
    }

    static Builder swap(Builder command, SwapRequest request) {
        PlayRequests.requireSeat(request.getTable(), request.getSeat());
        return command.setSwap(SwapSeats.newBuilder()
                .setRoomId(request.getRoomId())
                .setTable(request.getTable())
                .setSeat(request.getSeat()));
    }

    static Builder sitTogether(Builder command, SitTogetherRequest request) {
        PlayRequests.requireFriends(request.getFriendsList());
        return command.setSitTogether(
                SitTogetherAt.newBuilder().setRoomId(request.getRoomId()).addAllFriends(request.getFriendsList()));
    }

    static Builder reserve(Builder command, ReserveSeatsRequest request) {
        PlayRequests.requireFriends(request.getFriendsList());
        PlayRequests.requireSeconds(request.getSeconds());
        return command.setReserve(ReserveSeatsFor.newBuilder()
                .setRoomId(request.getRoomId())
                .addAllFriends(request.getFriendsList())
                .setSeconds(request.getSeconds()));
    }

    static Builder report(Builder command, ReportResultRequest request) {
        if (request.getTable() < 0) throw new Refusal(Reason.REQUEST_INVALID, "table: too large");
        PlayRequests.requireScores(request.getScoresList());
        return command.setReport(ReportRound.newBuilder()
                .setRoomId(request.getRoomId())
                .setTable(request.getTable())
                .setRound(request.getRound())
                .addAllScores(request.getScoresList()));
    }

    static Builder say(Builder command, SayRequest request) {
        PlayRequests.requireText(request.getText());
        return command.setSay(
                SayInRoom.newBuilder().setRoomId(request.getRoomId()).setText(request.getText()));
    }

    static Builder whisper(Builder command, WhisperRequest request) {
        PlayRequests.requirePeer(request.getTo());
        PlayRequests.requireText(request.getText());
        return command.setWhisper(WhisperTo.newBuilder()
                .setRoomId(request.getRoomId())
                .setTo(request.getTo())
                .setText(request.getText()));
    }

    static Builder signal(Builder command, SignalRequest request) {
        PlayRequests.requirePeer(request.getTo());
        PlayRequests.requirePayload(request.getPayload().size());
        return command.setSignal(SignalTo.newBuilder()
                .setRoomId(request.getRoomId())
                .setTo(request.getTo())
                .setPayload(request.getPayload()));
    }
}
