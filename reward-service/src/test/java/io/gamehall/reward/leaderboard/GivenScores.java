package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.domain.BoardPage.Place;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scores of games as they stand in the database, and the boards that are made of them. */
@ApplicationScoped
class GivenScores {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pool pool;
    private final Boards boards;

    GivenScores(Pool pool, Boards boards) {
        this.pool = pool;
        this.boards = boards;
    }

    /** Writes a score of the next version over the one that stands there. */
    void write(long player, String game, long score) {
        pool.preparedQuery("INSERT INTO player_score (player_id, game, score, wins, losses, draws, disputed, version)"
                        + " VALUES (?, ?, ?, 1, 0, 0, 0, 1)"
                        + " ON DUPLICATE KEY UPDATE score = VALUES(score), version = version + 1")
                .execute(Tuple.of(player, game, score))
                .await()
                .atMost(PATIENCE);
    }

    /** All players of a game in the database's order, with the ranks that follow from it. */
    List<Place> places(String game) {
        var places = new ArrayList<Place>();
        for (var row : pool.preparedQuery(
                        "SELECT player_id, score FROM player_score WHERE game = ? ORDER BY score DESC, player_id")
                .execute(Tuple.of(game))
                .await()
                .atMost(PATIENCE)) {
            places.add(new Place(places.size() + 1, row.getLong(0), row.getLong(1)));
        }
        return places;
    }

    /** The whole board that is shown; empty if there is none. */
    Optional<List<Place>> board(String game) {
        var all = new ArrayList<Place>();
        while (true) {
            var page = boards.read(new BoardQuery.Top(game, all.size(), BoardQuery.PLACES_MAX))
                    .await()
                    .atMost(PATIENCE);
            if (page.isEmpty()) return Optional.empty();
            all.addAll(page.get().places());
            if (page.get().places().size() < BoardQuery.PLACES_MAX) return Optional.of(all);
        }
    }
}
