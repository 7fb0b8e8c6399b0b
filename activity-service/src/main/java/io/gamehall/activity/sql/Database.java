package io.gamehall.activity.sql;

import io.gamehall.activity.guard.Breaker;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Statements with a limit on the wait: a database that stays silent is as good as away. Non-blocking. */
@Singleton
public class Database {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Pool pool;
    private final Duration timeout;

    private final Breaker breaker;
    /** The bulkhead. Outside of the breaker, which would take calls that are shed for answered ones. */
    private final Semaphore places;

    Database(Pool pool, Settings settings, Breakers breakers) {
        this.pool = pool;
        this.timeout = settings.timeout();
        this.breaker = breakers.database();
        this.places = new Semaphore(settings.inFlightMax());
    }

    /** How this service talks to the database, beside {@code quarkus.datasource}. */
    @ConfigMapping(prefix = "gamehall.database")
    public interface Settings {
        /** The longest wait for a statement's answer, the wait for a connection included. */
        @WithDefault("10S")
        Duration timeout();

        /** The most statements at a time, those that wait for a connection included; more are refused at once. */
        @WithDefault("256")
        int inFlightMax();
    }

    /**
     * Runs one statement. After a {@link TimeoutException} it is unknown whether it was done; after a
     * {@link Reason#OVERLOADED}, or while the database is held to be away, it was not.
     */
    public Uni<RowSet<Row>> run(String statement, List<?> parameters) {
        return guarded(() -> pool.preparedQuery(statement).execute(Tuple.tuple(new ArrayList<>(parameters))));
    }

    /** What {@link #run} promises, for what talks to the database in another way. */
    public <T> Uni<T> guarded(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (!places.tryAcquire()) {
                throw new Refusal(Reason.OVERLOADED, "Too much is asked of the database").retryAfter(RETRY);
            }
            // The place is free when the database has answered: not when somebody stops waiting for it.
            return breaker.call(() -> inTime(work).onTermination().invoke(() -> places.release()))
                    .onFailure(CircuitBreakerOpenException.class)
                    .invoke(heldBack -> places.release());
        });
    }

    private <T> Uni<T> inTime(Supplier<Uni<T>> work) {
        return work.get()
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new TimeoutException("No answer from the database in " + timeout));
    }
}
