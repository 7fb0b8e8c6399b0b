package io.gamehall.reward.leaderboard.grpc;

import io.gamehall.platform.GrpcAuthorization;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.reward.leaderboard.MendBoards;
import io.gamehall.reward.leaderboard.ShowBoards;
import io.gamehall.reward.leaderboard.ShowBoards.Shown;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.gamehall.reward.leaderboard.domain.BoardQuery.Around;
import io.gamehall.reward.leaderboard.domain.BoardQuery.Top;
import io.gamehall.reward.store.StoreFault;
import io.gamehall.v1.GetLeaderboardRequest;
import io.gamehall.v1.GetMyRankRequest;
import io.gamehall.v1.Leaderboard;
import io.gamehall.v1.LeaderboardService;
import io.gamehall.v1.MyRank;
import io.gamehall.v1.RebuildLeaderboardsReply;
import io.gamehall.v1.RebuildLeaderboardsRequest;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/** {@code LeaderboardService} on the wire: the twin of the REST resource. Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(GrpcAuthorization.class)
class LeaderboardGrpcService implements LeaderboardService {
    private final LiveTickets tickets;
    private final ShowBoards boards;
    private final MendBoards mend;

    LeaderboardGrpcService(LiveTickets tickets, ShowBoards boards, MendBoards mend) {
        this.tickets = tickets;
        this.boards = boards;
        this.mend = mend;
    }

    @Override
    public Uni<Leaderboard> getLeaderboard(GetLeaderboardRequest request) {
        return player().flatMap(ticket -> {
            var limit = request.getLimit() == 0 ? Top.LIMIT_DEFAULT : request.getLimit();
            var query = parsed(() -> new Top(request.getGame(), request.getOffset(), limit));
            return boards.show(query).map(shown -> board(request.getGame(), ticket.region(), shown));
        });
    }

    @Override
    public Uni<MyRank> getMyRank(GetMyRankRequest request) {
        return player().flatMap(ticket -> {
            var query = parsed(() -> new Around(request.getGame(), ticket.player(), request.getAround()));
            return boards.show(query).map(shown -> {
                var mine = MyRank.newBuilder().setBoard(board(request.getGame(), ticket.region(), shown));
                shown.page().of(ticket.player()).ifPresent(place -> mine.setRank(place.rank())
                        .setScore(place.score()));
                return mine.build();
            });
        });
    }

    @Override
    public Uni<RebuildLeaderboardsReply> rebuildLeaderboards(RebuildLeaderboardsRequest request) {
        return player().map(ticket -> ticket.require("admin"))
                .flatMap(admin -> mend.rebuild())
                .onFailure(StoreFault.class)
                .transform(away -> new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database does not answer")
                        .retryAfter(Duration.ofSeconds(1)))
                .replaceWith(RebuildLeaderboardsReply.getDefaultInstance());
    }

    private Uni<Ticket> player() {
        return tickets.verify(GrpcAuthorization.current());
    }

    private static Leaderboard board(String game, String region, Shown shown) {
        var board = Leaderboard.newBuilder()
                .setGame(game)
                .setRegion(region)
                .setRanked(shown.page().ranked())
                .setMoreUnranked(shown.page().hasMore());
        shown.page()
                .places()
                .forEach(place -> board.addPlaces(Leaderboard.Place.newBuilder()
                        .setRank(place.rank())
                        .setPlayerId(place.player())
                        .setName(shown.names().getOrDefault(place.player(), ""))
                        .setScore(place.score())));
        return board.build();
    }

    private static <Q extends BoardQuery> Q parsed(Supplier<Q> query) {
        try {
            return query.get();
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }
}
