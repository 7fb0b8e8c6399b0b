package io.gamehall.activity.catalog.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.activity.catalog.ActivityStore;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.json.ActivityJson;
import io.gamehall.activity.sql.Database;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mysqlclient.MySQLException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Table {@code activity}. */
@ApplicationScoped
class SqlActivityStore implements ActivityStore {
    private static final Logger LOG = Logger.getLogger(SqlActivityStore.class);
    private static final int DUPLICATE_KEY = 1062;

    private final Database database;
    private final ObjectMapper json;

    SqlActivityStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Uni<Map<ActivityId, Long>> versions(int max) {
        return database.run("SELECT activity_id, version FROM activity ORDER BY activity_id LIMIT ?", List.of(max))
                .map(rows -> {
                    var versions = new HashMap<ActivityId, Long>();
                    for (var row : rows) {
                        ActivityId.parse(row.getString(0)).ifPresent(id -> versions.put(id, row.getLong(1)));
                    }
                    return versions;
                });
    }

    @Override
    public Uni<List<Activity>> load(Collection<ActivityId> ids) {
        var marks = String.join(",", Collections.nCopies(ids.size(), "?"));
        var statement = "SELECT activity_id, name, version, CAST(config AS CHAR) FROM activity WHERE activity_id IN ("
                + marks + ")";
        return database.run(statement, ids.stream().map(ActivityId::value).toList())
                .map(rows -> {
                    var found = new ArrayList<Activity>();
                    for (var row : rows) activity(row).ifPresent(found::add);
                    return found;
                });
    }

    @Override
    public Uni<Boolean> insert(Activity activity) {
        return database.run(
                        "INSERT INTO activity (activity_id, name, config, version) VALUES (?, ?, ?, ?)",
                        List.of(
                                activity.id().value(),
                                activity.name(),
                                ActivityJson.write(activity.terms()).toString(),
                                activity.version()))
                .replaceWith(true)
                .onFailure(failure -> failure instanceof MySQLException error && error.getErrorCode() == DUPLICATE_KEY)
                .recoverWithItem(false);
    }

    @Override
    public Uni<Boolean> update(Activity edited) {
        return database.run(
                        "UPDATE activity SET name = ?, config = ?, version = ? WHERE activity_id = ? AND version = ?",
                        List.of(
                                edited.name(),
                                ActivityJson.write(edited.terms()).toString(),
                                edited.version(),
                                edited.id().value(),
                                edited.version() - 1))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Uni<Boolean> markOpened(ActivityId id) {
        return database.run("UPDATE activity SET opened = 1 WHERE activity_id = ? AND opened = 0", List.of(id.value()))
                .map(rows -> rows.rowCount() == 1);
    }

    private Optional<Activity> activity(Row row) {
        try {
            var terms = ActivityJson.stored(json.readTree(row.getString(3)));
            return Optional.of(new Activity(new ActivityId(row.getString(0)), row.getString(1), row.getLong(2), terms));
        } catch (Refusal | JsonProcessingException unreadable) {
            LOG.errorf("Activity %s is not readable and left out: %s", row.getString(0), unreadable.getMessage());
            return Optional.empty();
        }
    }
}
