package io.gamehall.hallctl.swarm;

import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.ReadyReply;
import io.gamehall.v1.ReadyRequest;
import io.gamehall.v1.ReportResultReply;
import io.gamehall.v1.ReportResultRequest;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.StandRequest;
import java.util.List;

/** PlayService as a player uses it: each call with a request id of its own, the same on every attempt. */
final class PlayCalls {
    private final Caller caller;
    private final Client client;
    private long requests;

    PlayCalls(Caller caller, Client client) {
        this.caller = caller;
        this.client = client;
    }

    Answer<EnterReply> autoEnter(String game) throws CallFailed, InterruptedException {
        var request = AutoEnterRequest.newBuilder()
                .setGame(game)
                .setRequestId(nextId())
                .build();
        return caller.ask(CallKind.AUTO_ENTER, () -> client.play().autoEnter(request));
    }

    Answer<EnterReply> enter(String room) throws CallFailed, InterruptedException {
        var request =
                EnterRequest.newBuilder().setRoomId(room).setRequestId(nextId()).build();
        return caller.ask(CallKind.ENTER, () -> client.play().enter(request));
    }

    Answer<SeatReply> quickJoin(String room) throws CallFailed, InterruptedException {
        var request = QuickJoinRequest.newBuilder()
                .setRoomId(room)
                .setRequestId(nextId())
                .build();
        return caller.ask(CallKind.QUICK_JOIN, () -> client.play().quickJoin(request));
    }

    Answer<ReadyReply> ready(String room) throws CallFailed, InterruptedException {
        var request =
                ReadyRequest.newBuilder().setRoomId(room).setRequestId(nextId()).build();
        return caller.ask(CallKind.READY, () -> client.play().ready(request));
    }

    Answer<ReportResultReply> report(Tally.Round round, List<PlayerScore> scores)
            throws CallFailed, InterruptedException {
        var request = ReportResultRequest.newBuilder()
                .setRoomId(round.room())
                .setTable(round.table())
                .setRound(round.number())
                .addAllScores(scores)
                .setRequestId(nextId())
                .build();
        return caller.ask(CallKind.REPORT_RESULT, () -> client.play().reportResult(request));
    }

    void stand(String room) throws CallFailed, InterruptedException {
        var request =
                StandRequest.newBuilder().setRoomId(room).setRequestId(nextId()).build();
        caller.demand(CallKind.STAND, () -> client.play().stand(request));
    }

    void leave(String room) throws CallFailed, InterruptedException {
        var request =
                LeaveRequest.newBuilder().setRoomId(room).setRequestId(nextId()).build();
        caller.demand(CallKind.LEAVE, () -> client.play().leave(request));
    }

    private String nextId() {
        return Long.toUnsignedString(client.session().getPlayerId(), 36) + "-" + ++requests;
    }
}
