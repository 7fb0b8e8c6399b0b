package io.gamehall.room.owner.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Score;
import io.gamehall.room.owner.Partitions;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.ReportRound;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommands;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(CredentialInterceptor.class)
public class RoomCommandsGrpcService implements RoomCommands {
    private static final int REQUEST_ID_LENGTH_MAX = 64;
    private static final int SCORES_MAX = 8;

    private final Partitions partitions;

    public RoomCommandsGrpcService(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Uni<RoomCommandReply> execute(RoomCommandRequest request) {
        try {
            if (request.getRequestId().length() > REQUEST_ID_LENGTH_MAX) {
                throw new IllegalArgumentException("A request id has at most 64 characters");
            }
            return submit(request).map(RoomReplies::of);
        } catch (IllegalArgumentException invalid) {
            return Uni.createFrom().failure(new Refusal(Reason.REQUEST_INVALID, invalid.getMessage()));
        }
    }

    private Uni<Decision> submit(RoomCommandRequest request) {
        var player = new PlayerId(request.getPlayerId());
        long generation = request.getSessionGeneration();
        long now = System.currentTimeMillis();
        return switch (request.getCommandCase()) {
            case AUTO_ENTER ->
                partitions.submit(
                        request.getAutoEnter().getPartition(),
                        new RoomCommand.AutoEnter(request.getAutoEnter().getGame(), player, generation, now),
                        request.getRequestId());
            case ENTER -> {
                var room = new RoomId(request.getEnter().getRoomId());
                yield submit(request, room, new RoomCommand.Enter(room, player, generation, now));
            }
            case LEAVE -> {
                var room = new RoomId(request.getLeave().getRoomId());
                yield submit(request, room, new RoomCommand.Leave(room, player, generation, now));
            }
            case QUICK_JOIN -> {
                var room = new RoomId(request.getQuickJoin().getRoomId());
                yield submit(request, room, new RoomCommand.QuickJoin(room, player, generation));
            }
            case STAND -> {
                var room = new RoomId(request.getStand().getRoomId());
                yield submit(request, room, new RoomCommand.Stand(room, player, generation, now));
            }
            case READY -> {
                var room = new RoomId(request.getReady().getRoomId());
                yield submit(request, room, new RoomCommand.Ready(room, player, generation));
            }
            case REPORT -> {
                var report = request.getReport();
                var room = new RoomId(report.getRoomId());
                yield submit(request, room, report(room, player, generation, report, now));
            }
            case COMMAND_NOT_SET -> throw new IllegalArgumentException("No command");
        };
    }

    private Uni<Decision> submit(RoomCommandRequest request, RoomId room, RoomCommand command) {
        return partitions.submit(room, command, request.getRequestId());
    }

    private static RoomCommand report(RoomId room, PlayerId player, long generation, ReportRound report, long now) {
        return new RoomCommand.ReportResult(
                room, player, generation, report.getTable(), report.getRound(), scores(report.getScoresList()), now);
    }

    private static List<Score> scores(List<PlayerScore> scores) {
        if (scores.size() > SCORES_MAX) throw new IllegalArgumentException("A round has at most 8 players");
        return scores.stream()
                .map(score -> new Score(new PlayerId(score.getPlayerId()), score.getScore()))
                .toList();
    }
}
