package io.gamehall.gateway.login.sql;

import io.gamehall.gateway.login.Accounts;
import io.gamehall.gateway.login.LoginConfig;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.Account.Home;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.login.domain.Identity;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The tables {@code account} and {@code account_identity}. */
@Singleton
class SqlAccounts implements Accounts {
    private static final Logger LOG = Logger.getLogger(SqlAccounts.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** ER_DUP_ENTRY of MySQL, MariaDB and TiDB. */
    private static final int DUPLICATE = 1062;

    private static final String NAME_KEY = "account_name";
    /** Stands for no password: no hash is so short. */
    private static final String NO_PASSWORD = "!";

    private static final String FIND = "SELECT player_id, name, password_hash, state, other_region FROM account"
            + " WHERE region = ? AND name = ?";
    private static final String FIND_IDENTITY =
            "SELECT a.player_id, a.name, a.password_hash, a.state, a.other_region FROM account_identity i"
                    + " JOIN account a ON a.region = i.region AND a.player_id = i.player_id"
                    + " WHERE i.region = ? AND i.issuer = ? AND i.subject = ?";
    private static final String INSERT =
            "INSERT INTO account (player_id, name, password_hash, region) VALUES (?, ?, ?, ?)";
    private static final String INSERT_IDENTITY =
            "INSERT INTO account_identity (region, issuer, subject, player_id) VALUES (?, ?, ?, ?)";

    private final Pool database;
    private final String region;
    private final Duration timeout;
    private volatile boolean away;

    SqlAccounts(Pool database, Cell cell, LoginConfig config) {
        this.database = database;
        this.region = cell.name();
        this.timeout = config.databaseTimeout();
    }

    @Override
    public Uni<Optional<Account>> find(AccountName name) {
        return inTime(execute(database, FIND, Tuple.of(region, name.value()))).map(SqlAccounts::account);
    }

    @Override
    public Uni<Optional<Account>> find(Identity identity) {
        return inTime(execute(database, FIND_IDENTITY, Tuple.of(region, identity.issuer(), identity.subject())))
                .map(SqlAccounts::account);
    }

    @Override
    public Uni<Insertion> insert(Account account) {
        return inTime(insert(database, account).replaceWith(Insertion.DONE))
                .onFailure(SqlAccounts::isDuplicate)
                .recoverWithItem(SqlAccounts::taken);
    }

    @Override
    public Uni<Insertion> insert(Account account, Identity identity) {
        var values = Tuple.of(region, identity.issuer(), identity.subject(), account.player());
        var both = database.withTransaction(transaction -> execute(transaction, INSERT_IDENTITY, values)
                .onFailure(SqlAccounts::isDuplicate)
                .transform(duplicate -> new IdentityTaken())
                .flatMap(kept -> insert(transaction, account))
                .replaceWith(Insertion.DONE));
        return inTime(both)
                .onFailure(SqlAccounts::isDuplicate)
                .recoverWithItem(SqlAccounts::taken)
                .onFailure(IdentityTaken.class)
                .recoverWithItem(Insertion.IDENTITY_TAKEN);
    }

    private Uni<RowSet<Row>> insert(SqlClient client, Account account) {
        return execute(
                client,
                INSERT,
                Tuple.of(
                        account.player(),
                        account.name().value(),
                        account.passwordHash().orElse(NO_PASSWORD),
                        region));
    }

    private static Uni<RowSet<Row>> execute(SqlClient client, String sql, Tuple values) {
        return Uni.createFrom().deferred(() -> client.preparedQuery(sql).execute(values));
    }

    private <T> Uni<T> inTime(Uni<T> answer) {
        return answer.ifNoItem()
                .after(timeout)
                .fail()
                .invoke(answered -> away = false)
                .onFailure(failure -> !isDuplicate(failure) && !(failure instanceof IdentityTaken))
                .transform(failure -> {
                    // Each call of an outage comes here.
                    if (!away) LOG.warnf("The database does not answer: %s", failure);
                    away = true;
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The accounts can't be read just now")
                            .retryAfter(RETRY);
                });
    }

    private static Optional<Account> account(RowSet<Row> rows) {
        for (var row : rows) {
            return Optional.of(new Account(
                    row.getLong("player_id"),
                    new AccountName(row.getString("name")),
                    Optional.of(row.getString("password_hash")).filter(hash -> !hash.equals(NO_PASSWORD)),
                    home(row)));
        }
        return Optional.empty();
    }

    private static Home home(Row row) {
        return switch (row.getString("state")) {
            case "LIVE" -> new Home.Here();
            case "LEFT" -> new Home.Elsewhere(row.getString("other_region"));
            default -> new Home.Moving();
        };
    }

    private static Insertion taken(Throwable duplicate) {
        return duplicate.getMessage().contains(NAME_KEY) ? Insertion.NAME_TAKEN : Insertion.ID_TAKEN;
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MySQLException refused && refused.getErrorCode() == DUPLICATE;
    }

    /** Rolls the transaction back. */
    private static final class IdentityTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IdentityTaken() {
            super(null, null, false, false);
        }
    }
}
