package io.gamehall.room.owner.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.journal.ReplyCodec;
import io.gamehall.room.owner.ChatLine;
import io.gamehall.v1.RoomCommandReply;
import java.util.List;

/** Decisions as they go over the wire. */
final class RoomReplies {
    private RoomReplies() {}

    /** @throws Refusal for a refused command */
    static RoomCommandReply of(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> ReplyCodec.encode(accepted.reply());
            case Decision.Refused refused -> throw refusal(refused);
        };
    }

    static Refusal refusal(Decision.Refused refused) {
        return new Refusal(reason(refused.reason()), "Decided by the room's owner").with(refused.particulars());
    }

    /** What was said last goes to who enters. */
    static RoomCommandReply withChat(RoomCommandReply reply, List<ChatLine> recent) {
        if (recent.isEmpty()) return reply;
        var entered = reply.getEntered().toBuilder();
        recent.forEach(line -> entered.addRecentChat(io.gamehall.v1.ChatLine.newBuilder()
                .setRoomId(line.room().value())
                .setTerm(line.term())
                .setSequence(line.sequence())
                .setPlayerId(line.by().value())
                .setText(line.text())
                .setSaidAtMs(line.atMs())));
        return reply.toBuilder().setEntered(entered).build();
    }

    private static Reason reason(Decision.Reason reason) {
        return switch (reason) {
            case ROOM_NOT_FOUND -> Reason.ROOM_NOT_FOUND;
            case ROOM_FULL -> Reason.ROOM_FULL;
            case ROOM_CLOSED -> Reason.ROOM_CLOSED;
            case ROOM_EXISTS -> Reason.ROOM_EXISTS;
            case WAIT_LIST_FULL -> Reason.WAIT_LIST_FULL;
            case PEER_NOT_HERE -> Reason.PEER_NOT_HERE;
            case SEAT_NOT_FOUND -> Reason.SEAT_NOT_FOUND;
            case SEAT_TAKEN -> Reason.SEAT_TAKEN;
            case RESERVATIONS_MAX -> Reason.RESERVATIONS_MAX;
            case TEXT_INVALID -> Reason.TEXT_INVALID;
            case TOO_FAST -> Reason.TOO_FAST;
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
