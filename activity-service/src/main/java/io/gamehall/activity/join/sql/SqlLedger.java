package io.gamehall.activity.join.sql;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Ledger;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Table {@code activity_join}. Player ids travel as text: they are unsigned, and the client's numbers are not. */
@Singleton
class SqlLedger implements Ledger {
    private static final String INSERT =
            "INSERT INTO activity_join (player_id, activity_id, ordinal, region, joined_at_ms) VALUES ";
    private static final String PAGE = "SELECT CAST(player_id AS CHAR), ordinal, joined_at_ms FROM activity_join"
            + " WHERE activity_id = ? AND (joined_at_ms > ? OR (joined_at_ms = ? AND"
            + " (player_id > CAST(? AS UNSIGNED) OR (player_id = CAST(? AS UNSIGNED) AND ordinal > ?))))"
            + " ORDER BY joined_at_ms, player_id, ordinal LIMIT ?";
    private static final String HAS_JOIN =
            "SELECT 1 FROM activity_join WHERE player_id = CAST(? AS UNSIGNED) AND activity_id = ? LIMIT 1";
    private static final LedgerRow BEFORE_ALL = new LedgerRow(0, 0, -1);

    private final Database database;

    SqlLedger(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Void> write(List<Join> joins) {
        var rows = String.join(",", Collections.nCopies(joins.size(), "(?,?,?,?,?)"));
        var values = new ArrayList<Object>(joins.size() * 5);
        for (var join : joins) {
            values.add(Long.toUnsignedString(join.player()));
            values.add(join.activity().value());
            values.add(join.ordinal());
            values.add(join.region());
            values.add(join.joinedAtMs());
        }
        // Not INSERT IGNORE: that would also swallow values that do not fit.
        return database.run(INSERT + rows + " ON DUPLICATE KEY UPDATE player_id = player_id", values)
                .replaceWithVoid()
                .onFailure(SqlLedger::isDataAtFault)
                .transform(failure -> new Unacceptable(failure.getMessage()));
    }

    @Override
    public Uni<List<LedgerRow>> page(Activity activity, Optional<LedgerRow> after, int max) {
        var last = after.orElse(BEFORE_ALL);
        var player = Long.toUnsignedString(last.player());
        var values = List.<Object>of(
                activity.id().value(), last.joinedAtMs(), last.joinedAtMs(), player, player, last.ordinal(), max);
        return database.run(PAGE, values).map(found -> {
            var rows = new ArrayList<LedgerRow>();
            for (var row : found) {
                rows.add(new LedgerRow(Long.parseUnsignedLong(row.getString(0)), row.getInteger(1), row.getLong(2)));
            }
            return rows;
        });
    }

    @Override
    public Uni<Counted> count(Activity activity, long beforeMs, long untilMs) {
        return database.run(
                        "SELECT COUNT(*), COUNT(CASE WHEN joined_at_ms < ? THEN 1 END) FROM activity_join"
                                + " WHERE activity_id = ? AND joined_at_ms <= ?",
                        List.of(beforeMs, activity.id().value(), untilMs))
                .map(counted -> counted.iterator().next())
                .map(counts -> new Counted(counts.getLong(1), counts.getLong(0)));
    }

    @Override
    public Uni<List<LedgerRow>> missing(Activity activity, List<LedgerRow> rows) {
        if (rows.isEmpty()) return Uni.createFrom().item(List.of());
        var values = new ArrayList<Object>(rows.size() + 1);
        values.add(activity.id().value());
        rows.forEach(row -> values.add(Long.toUnsignedString(row.player())));
        var players = String.join(",", Collections.nCopies(rows.size(), "CAST(? AS UNSIGNED)"));
        return database.run(
                        "SELECT CAST(player_id AS CHAR), ordinal FROM activity_join WHERE activity_id = ?"
                                + " AND player_id IN (" + players + ")",
                        values)
                .map(found -> {
                    var known = new HashSet<String>();
                    for (var row : found) known.add(row.getString(0) + ":" + row.getInteger(1));
                    return rows.stream()
                            .filter(row -> !known.contains(Long.toUnsignedString(row.player()) + ":" + row.ordinal()))
                            .toList();
                });
    }

    @Override
    public Uni<Boolean> hasJoin(ActivityId activity, long player) {
        return database.run(HAS_JOIN, List.of(Long.toUnsignedString(player), activity.value()))
                .map(found -> found.iterator().hasNext());
    }

    /** SQL state 22: a value that does not fit; 23: a constraint. Everything else may pass. */
    private static boolean isDataAtFault(Throwable failure) {
        return failure instanceof MySQLException error
                && error.getSqlState() != null
                && (error.getSqlState().startsWith("22") || error.getSqlState().startsWith("23"));
    }
}
