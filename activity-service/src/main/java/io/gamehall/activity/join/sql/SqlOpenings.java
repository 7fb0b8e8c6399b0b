package io.gamehall.activity.join.sql;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Openings;
import io.gamehall.activity.join.Part;
import io.gamehall.activity.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.mysqlclient.MySQLClient;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Table {@code activity_part}. */
@Singleton
class SqlOpenings implements Openings {
    private final Database database;

    SqlOpenings(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Boolean> isFirst(Part.Id part) {
        return database.run(
                        "INSERT IGNORE INTO activity_part (activity_id, part, epoch) VALUES (?, ?, 0)",
                        List.of(part.activity().value(), part.number()))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Uni<Long> raiseEpoch(Part.Id part) {
        return database.run(
                        "UPDATE activity_part SET epoch = LAST_INSERT_ID(epoch + 1) WHERE activity_id = ? AND part = ?",
                        List.of(part.activity().value(), part.number()))
                .map(rows -> rows.property(MySQLClient.LAST_INSERTED_ID));
    }

    @Override
    public Uni<Map<Part.Id, Long>> epochs(int max) {
        return database.run(
                        "SELECT activity_id, part, epoch FROM activity_part ORDER BY activity_id, part LIMIT ?",
                        List.of(max))
                .map(rows -> {
                    var epochs = new HashMap<Part.Id, Long>();
                    for (var row : rows) {
                        ActivityId.parse(row.getString(0))
                                .ifPresent(id -> epochs.put(new Part.Id(id, row.getInteger(1)), row.getLong(2)));
                    }
                    return epochs;
                });
    }
}
