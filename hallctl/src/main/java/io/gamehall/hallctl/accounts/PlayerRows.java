package io.gamehall.hallctl.accounts;

import io.gamehall.hallctl.accounts.PlayerTables.Treatment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A player's rows in two databases, of all tables that go along with an account. Both sides are in a transaction when
 * this is used: what is read of one is one moment of it, and what is written is seen as a whole, or never.
 */
record PlayerRows(Connection from, Connection to, long player) {
    /** Rows in memory: one may be a chunk of achievements of 64 KiB, and the program has 128 MiB. */
    private static final int PORTION = 100;

    /** Whether the player has the same rows on both sides, column by column. */
    boolean areSame() throws SQLException {
        for (var table : PlayerTables.of(Treatment.FACTS, Treatment.SUMS)) {
            if (!isSame(table)) return false;
        }
        return true;
    }

    /** Puts the player's rows of one side in the place of those of the other. */
    void replace() throws SQLException {
        for (var table : PlayerTables.of(Treatment.FACTS, Treatment.SUMS)) replace(table);
    }

    /** A table with a fact that only the side copied to has; empty: there is none. Nobody adds one until the commit. */
    Optional<String> factsOnlyThere() throws SQLException {
        for (var table : PlayerTables.of(Treatment.FACTS)) {
            if (hasMore(to, " FOR UPDATE", from, table)) return Optional.of(table);
        }
        return Optional.empty();
    }

    /** A table with a fact that the side copied to lacks; empty: there is none. */
    Optional<String> factsOnlyHere() throws SQLException {
        for (var table : PlayerTables.of(Treatment.FACTS)) {
            if (hasMore(from, "", to, table)) return Optional.of(table);
        }
        return Optional.empty();
    }

    private void replace(String table) throws SQLException {
        try (var delete = to.prepareStatement("DELETE FROM " + table + " WHERE player_id = ?")) {
            delete.setLong(1, player);
            delete.executeUpdate();
        }
        try (var rows = rows(from, table)) {
            var columns = columns(rows);
            var sql = "INSERT INTO %s (%s) VALUES (%s)"
                    .formatted(
                            table,
                            String.join(", ", columns),
                            String.join(", ", Collections.nCopies(columns.size(), "?")));
            try (var insert = to.prepareStatement(sql)) {
                var waiting = 0;
                while (rows.next()) {
                    for (var column = 1; column <= columns.size(); column++) {
                        insert.setObject(column, value(rows, column));
                    }
                    insert.addBatch();
                    if (++waiting == PORTION) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                }
                if (waiting > 0) insert.executeBatch();
            }
        }
    }

    private boolean isSame(String table) throws SQLException {
        try (var here = rows(from, table);
                var there = rows(to, table)) {
            var columns = columns(here);
            if (!columns.equals(columns(there))) return false;
            while (here.next()) {
                if (!there.next()) return false;
                for (var column = 1; column <= columns.size(); column++) {
                    if (!isSame(value(here, column), value(there, column))) return false;
                }
            }
            return !there.next();
        }
    }

    /** Whether one side has a key that the other lacks. Holds the keys of the one alone: mostly there are none. */
    private boolean hasMore(Connection one, String lock, Connection other, String table) throws SQLException {
        var more = new HashSet<String>();
        forEachKey(one, table, lock, more::add);
        if (!more.isEmpty()) forEachKey(other, table, "", more::remove);
        return !more.isEmpty();
    }

    /** Without the player's id, which is the same in all. */
    private void forEachKey(Connection database, String table, String lock, Consumer<String> key) throws SQLException {
        var columns = primaryKey(database, table).stream()
                .filter(column -> !column.equals("player_id"))
                .toList();
        var select = "SELECT " + String.join(", ", columns) + " FROM " + table + " WHERE player_id = ?" + lock;
        try (var rows = run(database, select)) {
            while (rows.next()) {
                var values = new StringJoiner("\n");
                for (var column = 1; column <= columns.size(); column++) values.add(rows.getString(column));
                key.accept(values.toString());
            }
        }
    }

    /** In the order of the primary key. */
    private ResultSet rows(Connection database, String table) throws SQLException {
        var order = String.join(", ", primaryKey(database, table));
        return run(database, "SELECT * FROM " + table + " WHERE player_id = ? ORDER BY " + order);
    }

    private ResultSet run(Connection database, String select) throws SQLException {
        var statement = database.prepareStatement(select);
        statement.closeOnCompletion();
        statement.setFetchSize(PORTION);
        statement.setLong(1, player);
        return statement.executeQuery();
    }

    private static List<String> primaryKey(Connection database, String table) throws SQLException {
        var columns = new TreeMap<Short, String>();
        try (var keys = database.getMetaData().getPrimaryKeys(database.getCatalog(), null, table)) {
            while (keys.next()) columns.put(keys.getShort("KEY_SEQ"), keys.getString("COLUMN_NAME"));
        }
        return List.copyOf(columns.values());
    }

    private static List<String> columns(ResultSet rows) throws SQLException {
        var columns = new ArrayList<String>();
        for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            columns.add(rows.getMetaData().getColumnName(column));
        }
        return columns;
    }

    /** As text, in which numbers of any size travel unchanged; bytes as bytes. */
    private static Object value(ResultSet rows, int column) throws SQLException {
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> rows.getBytes(column);
            default -> rows.getString(column);
        };
    }

    private static boolean isSame(Object one, Object other) {
        return Arrays.deepEquals(new Object[] {one}, new Object[] {other});
    }
}
