package io.gamehall.reward.account.sql;

import io.gamehall.platform.Cell;
import io.gamehall.reward.account.Accounts;
import io.gamehall.reward.account.domain.Account;
import io.gamehall.reward.account.domain.Account.GameScore;
import io.gamehall.reward.account.domain.Account.Registration;
import io.gamehall.reward.account.domain.Account.State;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Optional;

/** Three look-ups by primary key, side by side. */
@ApplicationScoped
class SqlAccounts implements Accounts {
    private static final String ACCOUNT =
            "SELECT name, region, state, other_region FROM account WHERE region = ? AND player_id = ?";
    private static final String POINTS = "SELECT points FROM player_points WHERE player_id = ?";
    private static final String GAMES =
            "SELECT game, score, wins, losses, draws, disputed FROM player_score WHERE player_id = ? ORDER BY game";

    private final Database database;
    private final String region;

    SqlAccounts(Database database, Cell cell) {
        this.database = database;
        this.region = cell.name();
    }

    @Override
    public Uni<Account> of(long player, Registration otherwise) {
        return all(player, Optional.of(otherwise)).map(Optional::orElseThrow);
    }

    @Override
    public Uni<Optional<Account>> find(long player) {
        return all(player, Optional.empty());
    }

    private Uni<Optional<Account>> all(long player, Optional<Registration> otherwise) {
        var key = Tuple.of(player);
        return Uni.combine()
                .all()
                .unis(
                        database.query(ACCOUNT, Tuple.of(region, player)),
                        database.query(POINTS, key),
                        database.query(GAMES, key))
                .with((account, points, games) -> registration(account)
                        .or(() -> otherwise)
                        .map(registration -> account(player, registration, points, games)));
    }

    private static Optional<Registration> registration(RowSet<Row> account) {
        for (var row : account) {
            return Optional.of(new Registration(
                    row.getString(0),
                    row.getString(1),
                    State.valueOf(row.getString(2)),
                    Optional.ofNullable(row.getString(3))));
        }
        return Optional.empty();
    }

    private static Account account(long player, Registration registration, RowSet<Row> points, RowSet<Row> games) {
        var held = 0L;
        for (var row : points) held = row.getLong(0);
        var scores = new ArrayList<GameScore>();
        for (var row : games) {
            scores.add(new GameScore(
                    row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
        }
        return new Account(player, registration, held, scores);
    }
}
