package io.gamehall.reward.leaderboard.sql;

import io.gamehall.platform.Cell;
import io.gamehall.reward.leaderboard.Debt;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** A row of {@code leaderboard_debt}. Both its numbers only grow, so that a late {@link #settle} hides nothing newer. */
@ApplicationScoped
class SqlDebt implements Debt {
    private static final String OWE =
            "INSERT INTO leaderboard_debt (region, owed, settled) VALUES (?, 1, 0) ON DUPLICATE KEY UPDATE owed = owed + 1";
    private static final String OWED = "SELECT owed FROM leaderboard_debt WHERE region = ? AND owed > settled";
    private static final String SETTLE = "UPDATE leaderboard_debt SET settled = GREATEST(settled, ?) WHERE region = ?";

    private final Database database;
    private final String region;

    SqlDebt(Database database, Cell cell) {
        this.database = database;
        this.region = cell.name();
    }

    @Override
    public Uni<Void> owe() {
        return database.transaction(connection ->
                connection.preparedQuery(OWE).execute(Tuple.of(region)).replaceWithVoid());
    }

    @Override
    public Uni<Long> owed() {
        return database.query(OWED, Tuple.of(region)).map(rows -> {
            var owed = 0L;
            for (var row : rows) owed = row.getLong(0);
            return owed;
        });
    }

    @Override
    public Uni<Void> settle(long owed) {
        if (owed == 0) return Uni.createFrom().voidItem();
        return database.query(SETTLE, Tuple.of(owed, region)).replaceWithVoid();
    }
}
