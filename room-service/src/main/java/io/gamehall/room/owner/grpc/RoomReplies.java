package io.gamehall.room.owner.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.LeaveReply;
import io.gamehall.v1.ReadyReply;
import io.gamehall.v1.ReportResultReply;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.StandReply;

/** Decisions as they go over the wire. */
final class RoomReplies {
    private RoomReplies() {}

    /** @throws Refusal for a refused command */
    static RoomCommandReply of(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> of(accepted.reply());
            case Decision.Refused refused ->
                throw new Refusal(reason(refused.reason()), "Decided by the room's owner").with(refused.particulars());
        };
    }

    private static RoomCommandReply of(Reply reply) {
        var wire = RoomCommandReply.newBuilder();
        switch (reply) {
            case Reply.Entered entered ->
                wire.setEntered(EnterReply.newBuilder()
                        .setRoomId(entered.room().value())
                        .setMembers(entered.members())
                        .setCapacity(entered.capacity()));
            case Reply.Left _ -> wire.setLeft(LeaveReply.getDefaultInstance());
            case Reply.Seated seated ->
                wire.setSeated(SeatReply.newBuilder()
                        .setRoomId(seated.room().value())
                        .setTable(seated.table())
                        .setSeat(seated.seat()));
            case Reply.Stood _ -> wire.setStood(StandReply.getDefaultInstance());
            case Reply.ReadyNoted ready ->
                wire.setReady(
                        ReadyReply.newBuilder().setRoundStarted(ready.started()).setRound(ready.round()));
            case Reply.ResultNoted noted ->
                wire.setReported(ReportResultReply.newBuilder().setStanding(standing(noted.standing())));
            case Reply.Done _ -> throw new IllegalStateException("No player's command is answered with Done");
        }
        return wire.build();
    }

    private static ReportResultReply.Standing standing(Decision.Standing standing) {
        return switch (standing) {
            case COUNTED -> ReportResultReply.Standing.COUNTED;
            case SETTLED -> ReportResultReply.Standing.SETTLED;
            case DISPUTED -> ReportResultReply.Standing.DISPUTED;
        };
    }

    private static Reason reason(Decision.Reason reason) {
        return switch (reason) {
            case ROOM_NOT_FOUND -> Reason.ROOM_NOT_FOUND;
            case ROOM_FULL -> Reason.ROOM_FULL;
            case ROOM_CLOSED -> Reason.ROOM_CLOSED;
            case GAME_FULL -> Reason.GAME_FULL;
            case ALREADY_IN_ROOM -> Reason.ALREADY_IN_ROOM;
            case NOT_IN_ROOM -> Reason.NOT_IN_ROOM;
            case ALREADY_SEATED -> Reason.ALREADY_SEATED;
            case NOT_SEATED -> Reason.NOT_SEATED;
            case NO_FREE_SEAT -> Reason.NO_FREE_SEAT;
            case ROUND_RUNNING -> Reason.ROUND_RUNNING;
            case NOT_IN_ROUND -> Reason.NOT_IN_ROUND;
            case RESULT_INVALID -> Reason.RESULT_INVALID;
            case SESSION_ENDED -> Reason.SESSION_ENDED;
        };
    }
}
