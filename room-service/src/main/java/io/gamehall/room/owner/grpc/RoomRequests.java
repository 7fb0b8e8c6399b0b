package io.gamehall.room.owner.grpc;

import io.gamehall.room.domain.Payload;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.Seat;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.RoomCommandRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Commands as they come over the wire. */
final class RoomRequests {
    private static final int REQUEST_ID_LENGTH_MAX = 64;
    private static final int TEXT_CHARS_MAX = 2_000;
    private static final int FRIENDS_MAX = 7;
    private static final int SCORES_MAX = 8;

    private RoomRequests() {}

    /** A command, and the room or the partition that it is for. */
    record Requested(RoomCommand command, Optional<RoomId> room, OptionalInt partition) {
        static Requested in(RoomId room, RoomCommand command) {
            return new Requested(command, Optional.of(room), OptionalInt.empty());
        }
    }

    /** @throws IllegalArgumentException if it makes no sense */
    static Requested of(RoomCommandRequest request, long now) {
        if (request.getRequestId().length() > REQUEST_ID_LENGTH_MAX) {
            throw new IllegalArgumentException("A request id has at most 64 characters");
        }
        var player = new PlayerId(request.getPlayerId());
        long session = request.getSessionGeneration();
        if (session <= 0) throw new IllegalArgumentException("Name the session's generation");
        return switch (request.getCommandCase()) {
            case AUTO_ENTER ->
                new Requested(
                        new RoomCommand.AutoEnter(request.getAutoEnter().getGame(), player, session, now),
                        Optional.empty(),
                        OptionalInt.of(request.getAutoEnter().getPartition()));
            case ENTER -> {
                var room = new RoomId(request.getEnter().getRoomId());
                boolean wait = request.getEnter().getWaitIfFull();
                yield Requested.in(room, new RoomCommand.Enter(room, player, session, wait, now));
            }
            case LEAVE -> {
                var room = new RoomId(request.getLeave().getRoomId());
                yield Requested.in(room, new RoomCommand.Leave(room, player, session, now));
            }
            case QUICK_JOIN -> {
                var room = new RoomId(request.getQuickJoin().getRoomId());
                yield Requested.in(room, new RoomCommand.QuickJoin(room, player, session, now));
            }
            case SIT -> {
                var sit = request.getSit();
                var room = new RoomId(sit.getRoomId());
                var seat = new Seat(sit.getTable(), sit.getSeat());
                yield Requested.in(room, new RoomCommand.Sit(room, player, session, seat, now));
            }
            case SWAP -> {
                var swap = request.getSwap();
                var room = new RoomId(swap.getRoomId());
                var seat = new Seat(swap.getTable(), swap.getSeat());
                yield Requested.in(room, new RoomCommand.Swap(room, player, session, seat, now));
            }
            case SIT_TOGETHER -> {
                var group = request.getSitTogether();
                var room = new RoomId(group.getRoomId());
                var friends = players(group.getFriendsList());
                yield Requested.in(room, new RoomCommand.SitTogether(room, player, session, friends, now));
            }
            case RESERVE -> {
                var reserve = request.getReserve();
                var room = new RoomId(reserve.getRoomId());
                var friends = players(reserve.getFriendsList());
                yield Requested.in(
                        room, new RoomCommand.Reserve(room, player, session, friends, reserve.getSeconds(), now));
            }
            case STAND -> {
                var room = new RoomId(request.getStand().getRoomId());
                yield Requested.in(room, new RoomCommand.Stand(room, player, session, now));
            }
            case READY -> {
                var room = new RoomId(request.getReady().getRoomId());
                yield Requested.in(room, new RoomCommand.Ready(room, player, session, now));
            }
            case REPORT -> {
                var report = request.getReport();
                var room = new RoomId(report.getRoomId());
                yield Requested.in(
                        room,
                        new RoomCommand.ReportResult(
                                room,
                                player,
                                session,
                                report.getTable(),
                                report.getRound(),
                                scores(report.getScoresList()),
                                now));
            }
            case SAY -> {
                var room = new RoomId(request.getSay().getRoomId());
                var text = text(request.getSay().getText());
                yield Requested.in(room, new RoomCommand.Say(room, player, session, text, now));
            }
            case WHISPER -> {
                var whisper = request.getWhisper();
                var room = new RoomId(whisper.getRoomId());
                var to = new PlayerId(whisper.getTo());
                yield Requested.in(
                        room, new RoomCommand.Whisper(room, player, session, to, text(whisper.getText()), now));
            }
            case SIGNAL -> {
                var signal = request.getSignal();
                var room = new RoomId(signal.getRoomId());
                var to = new PlayerId(signal.getTo());
                var payload = new Payload(signal.getPayload().toByteArray());
                yield Requested.in(room, new RoomCommand.Signal(room, player, session, to, payload, now));
            }
            case COMMAND_NOT_SET -> throw new IllegalArgumentException("No command");
        };
    }

    private static List<PlayerId> players(List<Long> ids) {
        if (ids.size() > FRIENDS_MAX) throw new IllegalArgumentException("Name 1-7 friends");
        return ids.stream().map(PlayerId::new).toList();
    }

    /** The rules count code points; this keeps what is far too long away from them. */
    private static String text(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX);
    }

    private static List<Score> scores(List<PlayerScore> scores) {
        if (scores.size() > SCORES_MAX) throw new IllegalArgumentException("A round has at most 8 players");
        return scores.stream()
                .map(score -> new Score(new PlayerId(score.getPlayerId()), score.getScore()))
                .toList();
    }
}
