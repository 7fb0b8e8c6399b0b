package io.gamehall.activity.degrade.sql;

import io.gamehall.activity.degrade.Switch;
import io.gamehall.activity.degrade.SwitchStore;
import io.gamehall.activity.sql.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Table {@code activity_switch}. */
@Singleton
class SqlSwitchStore implements SwitchStore {
    private static final int SWITCHES_MAX = 10_000;

    private final Database database;

    SqlSwitchStore(Database database) {
        this.database = database;
    }

    @Override
    public Uni<List<Switch>> thrown() {
        return database.run(
                        "SELECT name, why, CAST(by_player AS CHAR), at_ms FROM activity_switch ORDER BY name LIMIT ?",
                        List.of(SWITCHES_MAX))
                .map(rows -> {
                    var switches = new ArrayList<Switch>();
                    for (var row : rows) {
                        var by = Long.parseUnsignedLong(row.getString(2));
                        switches.add(new Switch(row.getString(0), row.getString(1), by, row.getLong(3)));
                    }
                    return switches;
                });
    }

    @Override
    public Uni<Void> put(Switch thrown) {
        var by = Long.toUnsignedString(thrown.by());
        return database.run(
                        "INSERT INTO activity_switch (name, why, by_player, at_ms) VALUES (?, ?, ?, ?)"
                                + " ON DUPLICATE KEY UPDATE why = ?, by_player = ?, at_ms = ?",
                        List.of(thrown.name(), thrown.why(), by, thrown.atMs(), thrown.why(), by, thrown.atMs()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(String name) {
        return database.run("DELETE FROM activity_switch WHERE name = ?", List.of(name))
                .replaceWithVoid();
    }
}
