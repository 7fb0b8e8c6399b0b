package io.gamehall.activity.sql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Statements with a limit on the wait: a database that stays silent is as good as away. Non-blocking. */
@ApplicationScoped
public class Database {
    private final Pool pool;
    private final Duration timeout;

    Database(Pool pool, Settings settings) {
        this.pool = pool;
        this.timeout = settings.timeout();
    }

    /** How this service talks to the database, beside {@code quarkus.datasource}. */
    @ConfigMapping(prefix = "gamehall.database")
    public interface Settings {
        /** The longest wait for a statement's answer, the wait for a connection included. */
        @WithDefault("10S")
        Duration timeout();
    }

    /** Runs one statement. After a {@link TimeoutException} it is unknown whether it was done. */
    public Uni<RowSet<Row>> run(String statement, List<?> parameters) {
        return inTime(pool.preparedQuery(statement).execute(Tuple.tuple(new ArrayList<>(parameters))));
    }

    /** What waits for the database, but no longer. After a {@link TimeoutException} it is unknown what was done. */
    public <T> Uni<T> inTime(Uni<T> answer) {
        return answer.ifNoItem()
                .after(timeout)
                .failWith(() -> new TimeoutException("No answer from the database in " + timeout));
    }
}
