package io.gamehall.activity.statistics.sql;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.sql.Database;
import io.gamehall.activity.statistics.JoinHistory;
import io.gamehall.activity.statistics.domain.JoinStatistics.Count;
import io.gamehall.activity.statistics.domain.Window;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts rows of {@code activity_join}. TiDB reads its columns in TiFlash where there is a replica, MariaDB the index
 * {@code activity_join_by_time}, which holds all that is needed here.
 *
 * <p>Each database limits the time in words of its own, which are a comment to the other.
 */
@Singleton
class SqlJoinHistory implements JoinHistory {
    private static final String COUNT = "/*M!100100 SET STATEMENT max_statement_time=%d FOR */"
            + " SELECT /*+ READ_FROM_STORAGE(TIFLASH[activity_join]) MAX_EXECUTION_TIME(%d) */"
            + " joined_at_ms DIV 60000 AS minute, region, COUNT(*) FROM activity_join"
            + " WHERE activity_id = ? AND joined_at_ms >= ? AND joined_at_ms < ?"
            + " GROUP BY minute, region";

    private final Database database;

    SqlJoinHistory(Database database) {
        this.database = database;
    }

    @Override
    public Uni<List<Count>> count(ActivityId activity, Window window, Duration timeout) {
        return database.run(statement(timeout), List.of(activity.value(), window.fromMs(), window.toMs()))
                .ifNoItem()
                .after(timeout)
                .fail()
                .map(rows -> {
                    var counts = new ArrayList<Count>(rows.size());
                    for (var row : rows) counts.add(count(row));
                    return counts;
                });
    }

    static String statement(Duration timeout) {
        return COUNT.formatted(Math.max(1, timeout.toSeconds()), timeout.toMillis());
    }

    private static Count count(Row row) {
        return new Count(row.getLong(0) * Window.MINUTE_MS, row.getString(1), row.getLong(2));
    }
}
