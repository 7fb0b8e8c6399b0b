package io.gamehall.gateway.login.sql;

import io.gamehall.gateway.login.Accounts;
import io.gamehall.gateway.login.LoginConfig;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The table {@code account}. */
@Singleton
class SqlAccounts implements Accounts {
    private static final Logger LOG = Logger.getLogger(SqlAccounts.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** ER_DUP_ENTRY of MySQL, MariaDB and TiDB. */
    private static final int DUPLICATE = 1062;

    private static final String NAME_KEY = "account_name";
    private static final String FIND = "SELECT player_id, password_hash FROM account WHERE name = ?";
    private static final String INSERT =
            "INSERT INTO account (player_id, name, password_hash, region) VALUES (?, ?, ?, ?)";

    private final Pool database;
    private final String region;
    private final Duration timeout;

    SqlAccounts(Pool database, Cell cell, LoginConfig config) {
        this.database = database;
        this.region = cell.name();
        this.timeout = config.databaseTimeout();
    }

    @Override
    public Uni<Optional<Account>> find(AccountName name) {
        return answer(FIND, Tuple.of(name.value())).map(rows -> {
            for (var row : rows) {
                return Optional.of(new Account(row.getLong("player_id"), name, row.getString("password_hash")));
            }
            return Optional.empty();
        });
    }

    @Override
    public Uni<Insertion> insert(Account account) {
        return answer(INSERT, Tuple.of(account.player(), account.name().value(), account.passwordHash(), region))
                .replaceWith(Insertion.DONE)
                .onFailure(SqlAccounts::isDuplicate)
                .recoverWithItem(duplicate ->
                        duplicate.getMessage().contains(NAME_KEY) ? Insertion.NAME_TAKEN : Insertion.ID_TAKEN);
    }

    private Uni<RowSet<Row>> answer(String sql, Tuple values) {
        return Uni.createFrom()
                .deferred(() -> database.preparedQuery(sql).execute(values))
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure(failure -> !isDuplicate(failure))
                .transform(failure -> {
                    LOG.warnf("The database does not answer: %s", failure);
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The accounts can't be read just now")
                            .retryAfter(RETRY);
                });
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MySQLException refused && refused.getErrorCode() == DUPLICATE;
    }
}
