package io.gamehall.reward.store.sql;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.store.StoreConfig;
import io.gamehall.reward.store.StoreFault;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The cell's database, through the reactive client: nothing here blocks. Bounded in time, faults sorted. */
@ApplicationScoped
public class Database {
    private static final Logger LOG = Logger.getLogger(Database.class);
    /** MariaDB, of a row that has changed since the transaction's snapshot (innodb_snapshot_isolation, on since 11.6). */
    private static final int RECORD_CHANGED = 1020;

    private static final int DUPLICATE_KEY = 1062;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final int TIDB_WRITE_CONFLICT = 9007;

    private final Pool pool;
    private final StoreConfig config;
    private volatile boolean failing;

    public Database(Pool pool, StoreConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Runs work in one transaction; it is committed when the work succeeds and rolled back when it fails. A transaction
     * that took too long may yet be committed by the database: work must notice on its next try that it was done.
     *
     * @return what the work gave, after the commit; or a {@link StoreFault}
     */
    public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work)
                .ifNoItem()
                .after(config.transactionTimeout())
                .fail()
                .onFailure()
                .transform(Database::fault);
    }

    /**
     * Runs one query for a player who waits.
     *
     * @return the rows; or a {@link Refusal} with {@link Reason#DEPENDENCY_UNAVAILABLE}
     */
    public Uni<RowSet<Row>> query(String sql, Tuple parameters) {
        return forPlayer(pool.preparedQuery(sql).execute(parameters));
    }

    /**
     * Runs several queries for a player who waits, all of which see the database as of one moment (repeatable read).
     *
     * @return what they gave; or a {@link Refusal} with {@link Reason#DEPENDENCY_UNAVAILABLE}
     */
    public <T> Uni<T> look(Function<SqlConnection, Uni<T>> queries) {
        return forPlayer(pool.withTransaction(queries));
    }

    private <T> Uni<T> forPlayer(Uni<T> work) {
        return work.ifNoItem()
                .after(config.queryTimeout())
                .fail()
                .invoke(answered -> failing = false)
                .onFailure()
                .transform(failure -> {
                    // Each query of an outage comes here.
                    if (!failing) LOG.warnf("Queries fail: %s", failure);
                    failing = true;
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database does not answer")
                            .retryAfter(Duration.ofSeconds(1));
                });
    }

    static StoreFault fault(Throwable failure) {
        return switch (failure) {
            case StoreFault known -> known;
            case MySQLException mysql -> fault(mysql);
            // The pure computation found a sum that no column holds.
            case ArithmeticException overflow -> new StoreFault.Rejected(overflow);
            case TimeoutException late -> new StoreFault.Unavailable(late);
            default -> StoreFault.isBug(failure) ? bug(failure) : new StoreFault.Unavailable(failure);
        };
    }

    private static StoreFault bug(Throwable failure) {
        LOG.error("A bug, and not the database", failure);
        return new StoreFault.Rejected(failure);
    }

    private static StoreFault fault(MySQLException mysql) {
        return switch (mysql.getErrorCode()) {
            case DUPLICATE_KEY -> new Conflict(Conflict.Kind.KEY, mysql.getMessage());
            case LOCK_WAIT_TIMEOUT, DEADLOCK, RECORD_CHANGED, TIDB_WRITE_CONFLICT ->
                new Conflict(Conflict.Kind.LOCK, mysql.getMessage());
            default -> {
                // Classes of SQLSTATE: 22 is data that does not fit, 23 a violated constraint.
                var state = String.valueOf(mysql.getSqlState());
                yield state.startsWith("22") || state.startsWith("23")
                        ? new StoreFault.Rejected(mysql)
                        : new StoreFault.Unavailable(mysql);
            }
        };
    }
}
