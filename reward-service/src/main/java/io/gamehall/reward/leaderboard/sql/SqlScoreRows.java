package io.gamehall.reward.leaderboard.sql;

import io.gamehall.platform.Cell;
import io.gamehall.reward.leaderboard.ScoreRows;
import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code player_score}, read along its primary key: an index by score would be written with each score, and read only
 * when boards are rebuilt. Players whose accounts live in another region are on no board here.
 */
@ApplicationScoped
class SqlScoreRows implements ScoreRows {
    /** Two ranges of the key, one after the other: MariaDB scans for {@code (a, b) > (?, ?)}. */
    private static final String PAGE = "SELECT s.player_id, s.game, s.score, s.version FROM player_score s"
            + " WHERE (s.player_id > ? OR (s.player_id = ? AND s.game > ?)) AND NOT EXISTS (SELECT 1 FROM account a"
            + " WHERE a.region = ? AND a.player_id = s.player_id AND a.state IN ('ARRIVING', 'LEFT'))"
            + " ORDER BY s.player_id, s.game LIMIT ?";

    private final Database database;
    private final String region;

    SqlScoreRows(Database database, Cell cell) {
        this.database = database;
        this.region = cell.name();
    }

    @Override
    public Uni<Page> after(Cursor cursor, int rows) {
        return database.query(PAGE, Tuple.of(cursor.player(), cursor.player(), cursor.game(), region, rows))
                .map(found -> page(found, rows));
    }

    private static Page page(RowSet<Row> found, int limit) {
        var byGame = new TreeMap<String, List<BoardScore>>();
        var last = Optional.<Cursor>empty();
        for (var row : found) {
            var game = row.getString(1);
            byGame.computeIfAbsent(game, first -> new ArrayList<>())
                    .add(new BoardScore(row.getLong(0), row.getLong(2), row.getLong(3)));
            last = Optional.of(new Cursor(row.getLong(0), game));
        }
        return new Page(Map.copyOf(byGame), last.filter(cursor -> found.size() == limit));
    }

    @Override
    public Uni<List<BoardScore>> of(String game, Collection<Long> players) {
        var places = String.join(", ", Collections.nCopies(players.size(), "?"));
        var sql = "SELECT player_id, score, version FROM player_score WHERE player_id IN (" + places + ") AND game = ?";
        var values = new ArrayList<Object>(players);
        values.add(game);
        return database.query(sql, Tuple.tuple(values)).map(rows -> {
            var found = new ArrayList<BoardScore>();
            for (var row : rows) found.add(new BoardScore(row.getLong(0), row.getLong(1), row.getLong(2)));
            return found;
        });
    }
}
