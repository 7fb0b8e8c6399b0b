package io.gamehall.reward.account.sql;

import io.gamehall.reward.account.Accounts;
import io.gamehall.reward.account.domain.Account;
import io.gamehall.reward.account.domain.Account.GameScore;
import io.gamehall.reward.account.domain.Account.Registration;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;

/** Three look-ups by primary key, side by side. */
@ApplicationScoped
class SqlAccounts implements Accounts {
    private static final String ACCOUNT = "SELECT name, region FROM account WHERE player_id = ?";
    private static final String POINTS = "SELECT points FROM player_points WHERE player_id = ?";
    private static final String GAMES =
            "SELECT game, score, wins, losses, draws, disputed FROM player_score WHERE player_id = ? ORDER BY game";

    private final Database database;

    SqlAccounts(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Account> of(long player, Registration otherwise) {
        var key = Tuple.of(player);
        return Uni.combine()
                .all()
                .unis(database.query(ACCOUNT, key), database.query(POINTS, key), database.query(GAMES, key))
                .with((account, points, games) -> account(player, otherwise, account, points, games));
    }

    private static Account account(
            long player, Registration otherwise, RowSet<Row> account, RowSet<Row> points, RowSet<Row> games) {
        var registration = otherwise;
        for (var row : account) registration = new Registration(row.getString(0), row.getString(1));
        var held = 0L;
        for (var row : points) held = row.getLong(0);
        var scores = new ArrayList<GameScore>();
        for (var row : games) {
            scores.add(new GameScore(
                    row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
        }
        return new Account(player, registration.name(), registration.region(), held, scores);
    }
}
