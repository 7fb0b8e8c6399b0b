package io.gamehall.gateway.login.sql;

import io.gamehall.gateway.login.Guests;
import io.gamehall.gateway.login.LoginConfig;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;

/** Guests in the table {@code account}: of their prefix, and without a password. */
@Singleton
class SqlGuests implements Guests {
    private static final String FIRST = "guest-";
    /** The name after all that begin with {@link #FIRST}, in ASCII. */
    private static final String END = "guest.";

    /** By the database's clock, which made the times. */
    private static final String NEXT = "SELECT player_id, name, password_hash = '!'"
            + " AND created_at < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND AS gone"
            + " FROM account WHERE region = ? AND name > ? AND name < '" + END + "' ORDER BY name LIMIT ?";

    private final Pool database;
    private final String region;
    private final Duration timeout;

    SqlGuests(Pool database, Cell cell, LoginConfig config) {
        this.database = database;
        this.region = cell.name();
        this.timeout = config.databaseTimeout();
    }

    @Override
    public Uni<Optional<String>> sweep(String after, Duration age, int max) {
        var from = after.isEmpty() ? FIRST : after;
        return inTime(database.preparedQuery(NEXT).execute(Tuple.of(age.toSeconds(), region, from, max)))
                .flatMap(rows -> removed(rows, max).replaceWith(() -> last(rows, max)));
    }

    private Uni<Void> removed(RowSet<Row> rows, int max) {
        var gone = new ArrayList<Long>();
        for (var row : rows) {
            if (row.getInteger("gone") == 1) gone.add(row.getLong("player_id"));
        }
        if (gone.isEmpty()) return Uni.createFrom().voidItem();
        // Filled up, so that it always is one and the same prepared statement.
        while (gone.size() < max) gone.add(gone.getFirst());
        var remove = "DELETE FROM account WHERE region = ? AND player_id IN ("
                + String.join(",", Collections.nCopies(max, "?")) + ") AND password_hash = '!' AND state = 'LIVE'";
        var values = Tuple.of(region);
        gone.forEach(values::addLong);
        return inTime(database.preparedQuery(remove).execute(values)).replaceWithVoid();
    }

    private static Optional<String> last(RowSet<Row> rows, int max) {
        if (rows.size() < max) return Optional.empty();
        var last = "";
        for (var row : rows) last = row.getString("name");
        return Optional.of(last);
    }

    private <T> Uni<T> inTime(Uni<T> answer) {
        return answer.ifNoItem().after(timeout).fail();
    }
}
