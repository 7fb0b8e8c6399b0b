package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.BalanceLedger;
import io.gamehall.reward.grant.domain.BalanceCheck;
import io.gamehall.reward.grant.domain.HoldingKey;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Balances and ledgers of players who follow each other, read in one transaction, hence as of one moment (repeatable
 * read). How far the round has come stands in {@code reward_check}, for all instances.
 */
@ApplicationScoped
class SqlBalanceLedger implements BalanceLedger {
    private static final String LOOK = "SELECT after_player, next_at_ms FROM reward_check WHERE name = 'balances'";
    private static final String TAKE =
            "UPDATE reward_check SET next_at_ms = ? WHERE name = 'balances' AND next_at_ms = ? AND after_player = ?";
    private static final String ADVANCE =
            "UPDATE reward_check SET after_player = ? WHERE name = 'balances' AND after_player = ?";
    /** The last of the next so many players of whom there is a balance. */
    private static final String LAST = "SELECT MAX(player_id), COUNT(*) FROM (SELECT player_id FROM ("
            + "(SELECT player_id FROM player_points WHERE player_id > ? ORDER BY player_id LIMIT ?) UNION"
            + " (SELECT DISTINCT player_id FROM player_holding WHERE player_id > ? ORDER BY player_id LIMIT ?)"
            + ") p ORDER BY player_id LIMIT ?) q";

    private static final String BETWEEN = " WHERE player_id > ? AND player_id <= ?";
    private static final String BALANCES = "SELECT player_id, 'points', CAST('points' AS BINARY), points"
            + " FROM player_points" + BETWEEN
            + " UNION ALL SELECT player_id, kind, name, amount FROM player_holding" + BETWEEN;
    private static final String LEDGER = "SELECT player_id, kind, name, CAST(SUM(delta) AS SIGNED) FROM ("
            + "SELECT player_id, kind, CAST(name AS BINARY) AS name, CAST(amount AS SIGNED) AS delta"
            + " FROM reward_grant" + BETWEEN + " AND claim_until_ms = 0"
            + " UNION ALL SELECT c.player_id, g.kind, CAST(g.name AS BINARY), c.delta FROM reward_change c"
            + " JOIN reward_grant g ON g.player_id = c.player_id AND g.source_id = c.source_id"
            + " WHERE c.player_id > ? AND c.player_id <= ?"
            + ") l GROUP BY player_id, kind, name";

    private final Database database;

    SqlBalanceLedger(Database database) {
        this.database = database;
    }

    @Override
    public Uni<OptionalLong> begin(long nowMs, long pauseMs) {
        return database.query(LOOK, Tuple.tuple()).chain(rows -> {
            for (var row : rows) {
                var after = row.getLong(0);
                var next = row.getLong(1);
                if (nowMs < next) break;
                return database.query(TAKE, Tuple.of(nowMs + pauseMs, next, after))
                        .map(taken -> taken.rowCount() == 1 ? OptionalLong.of(after) : OptionalLong.empty());
            }
            return Uni.createFrom().item(OptionalLong.empty());
        });
    }

    @Override
    public Uni<BalanceCheck> read(long afterPlayer, int players) {
        return database.transaction(connection -> connection
                .preparedQuery(LAST)
                .execute(Tuple.of(afterPlayer, players, afterPlayer, players, players))
                .chain(rows -> {
                    var row = rows.iterator().next();
                    // Where there is no full page left, it goes to the end: ledgers without any balance are there too.
                    var last = row.getInteger(1) < players ? OptionalLong.empty() : OptionalLong.of(row.getLong(0));
                    return read(connection, afterPlayer, last);
                }));
    }

    private static Uni<BalanceCheck> read(SqlConnection connection, long afterPlayer, OptionalLong last) {
        var to = last.orElse(Long.MAX_VALUE);
        var twice = Tuple.of(afterPlayer, to, afterPlayer, to);
        return connection
                .preparedQuery(BALANCES)
                .execute(twice)
                .map(SqlBalanceLedger::amounts)
                .chain(balances -> connection
                        .preparedQuery(LEDGER)
                        .execute(twice)
                        .map(rows -> new BalanceCheck(balances, amounts(rows), last)));
    }

    private static Map<HoldingKey, Long> amounts(RowSet<Row> rows) {
        var amounts = new HashMap<HoldingKey, Long>();
        for (var row : rows) {
            var kind = row.getString(1);
            var key = new HoldingKey(row.getLong(0), kind, BalanceRows.name(row, 2));
            // Points are told from each other by no name.
            amounts.merge(key.isPoints() ? HoldingKey.points(key.player()) : key, row.getLong(3), Long::sum);
        }
        return amounts;
    }

    @Override
    public Uni<Void> advance(long afterPlayer, long toPlayer) {
        return database.query(ADVANCE, Tuple.of(toPlayer, afterPlayer)).replaceWithVoid();
    }
}
