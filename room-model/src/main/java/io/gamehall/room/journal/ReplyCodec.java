package io.gamehall.room.journal;

import io.gamehall.room.domain.Decision.Placed;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Decision.Standing;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Seat;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.LeaveReply;
import io.gamehall.v1.ReadyReply;
import io.gamehall.v1.RelayReply;
import io.gamehall.v1.ReportResultReply;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.SayReply;
import io.gamehall.v1.SeatOf;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.SeatsReply;
import io.gamehall.v1.StandReply;
import io.gamehall.v1.SwapReply;
import java.util.Optional;

/** Replies as they go over the wire, and as they stand in the journal for repeated requests. Stateless. */
public final class ReplyCodec {
    private ReplyCodec() {}

    /** @throws IllegalStateException for a reply that no player gets */
    public static RoomCommandReply encode(Reply reply) {
        var wire = RoomCommandReply.newBuilder();
        switch (reply) {
            case Reply.Entered entered ->
                wire.setEntered(EnterReply.newBuilder()
                        .setRoomId(entered.room().value())
                        .setMembers(entered.members())
                        .setCapacity(entered.capacity()));
            case Reply.Waiting waiting ->
                wire.setEntered(EnterReply.newBuilder()
                        .setRoomId(waiting.room().value())
                        .setMembers(waiting.members())
                        .setCapacity(waiting.capacity())
                        .setWaitPosition(waiting.position()));
            case Reply.Left _ -> wire.setLeft(LeaveReply.getDefaultInstance());
            case Reply.Seated seated ->
                wire.setSeated(SeatReply.newBuilder()
                        .setRoomId(seated.room().value())
                        .setTable(seated.seat().table())
                        .setSeat(seated.seat().number()));
            case Reply.GroupSeated group -> wire.setSeats(seats(group));
            case Reply.Swapped _ -> wire.setSwapped(SwapReply.newBuilder().setSwapped(true));
            case Reply.SwapWished wished ->
                wire.setSwapped(
                        SwapReply.newBuilder().setOther(wished.other().value()).setUntilMs(wished.untilMs()));
            case Reply.Stood _ -> wire.setStood(StandReply.getDefaultInstance());
            case Reply.ReadyNoted ready ->
                wire.setReady(
                        ReadyReply.newBuilder().setRoundStarted(ready.started()).setRound(ready.round()));
            case Reply.ResultNoted noted ->
                wire.setReported(ReportResultReply.newBuilder().setStanding(standing(noted.standing())));
            case Reply.Said said -> wire.setSaid(SayReply.newBuilder().setSequence(said.sequence()));
            case Reply.Relay _ -> wire.setRelayed(RelayReply.getDefaultInstance());
            case Reply.Done _ -> throw new IllegalStateException("No player's command is answered with Done");
        }
        return wire.build();
    }

    private static SeatsReply seats(Reply.GroupSeated group) {
        var seats = SeatsReply.newBuilder()
                .setRoomId(group.room().value())
                .setTable(group.table())
                .setUntilMs(group.untilMs());
        group.placed()
                .forEach(placed -> seats.addSeats(
                        SeatOf.newBuilder().setPlayerId(placed.player().value()).setSeat(placed.seat())));
        return seats.build();
    }

    private static ReportResultReply.Standing standing(Standing standing) {
        return switch (standing) {
            case COUNTED -> ReportResultReply.Standing.COUNTED;
            case SETTLED -> ReportResultReply.Standing.SETTLED;
            case DISPUTED -> ReportResultReply.Standing.DISPUTED;
        };
    }

    /**
     * The reply of a decision that changed something; empty for another.
     *
     * @throws IllegalArgumentException if it holds nonsense
     */
    static Optional<Reply> decode(RoomCommandReply wire) {
        return Optional.ofNullable(
                switch (wire.getReplyCase()) {
                    case ENTERED -> entered(wire.getEntered());
                    case LEFT -> new Reply.Left();
                    case SEATED ->
                        new Reply.Seated(
                                new RoomId(wire.getSeated().getRoomId()),
                                new Seat(
                                        wire.getSeated().getTable(),
                                        wire.getSeated().getSeat()));
                    case SEATS -> group(wire.getSeats());
                    case SWAPPED ->
                        wire.getSwapped().getSwapped()
                                ? new Reply.Swapped()
                                : new Reply.SwapWished(
                                        new PlayerId(wire.getSwapped().getOther()),
                                        wire.getSwapped().getUntilMs());
                    case STOOD -> new Reply.Stood();
                    case READY ->
                        new Reply.ReadyNoted(
                                wire.getReady().getRoundStarted(),
                                wire.getReady().getRound());
                    case REPORTED ->
                        new Reply.ResultNoted(standing(wire.getReported().getStanding()));
                    case SAID, RELAYED, REPLY_NOT_SET -> null;
                });
    }

    private static Reply entered(EnterReply wire) {
        var room = new RoomId(wire.getRoomId());
        return wire.getWaitPosition() == 0
                ? new Reply.Entered(room, wire.getMembers(), wire.getCapacity())
                : new Reply.Waiting(room, wire.getMembers(), wire.getCapacity(), wire.getWaitPosition());
    }

    private static Reply group(SeatsReply wire) {
        return new Reply.GroupSeated(
                new RoomId(wire.getRoomId()),
                wire.getTable(),
                wire.getSeatsList().stream()
                        .map(seat -> new Placed(new PlayerId(seat.getPlayerId()), seat.getSeat()))
                        .toList(),
                wire.getUntilMs());
    }

    private static Standing standing(ReportResultReply.Standing standing) {
        return switch (standing) {
            case COUNTED -> Standing.COUNTED;
            case SETTLED -> Standing.SETTLED;
            case DISPUTED -> Standing.DISPUTED;
            case STANDING_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("No standing");
        };
    }
}
