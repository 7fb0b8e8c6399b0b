package io.gamehall.hallctl.accounts;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A player's rows of any table, copied from one cell's database into another's. Each portion is a transaction of its
 * own; what is there already is written over, so a copy that was cut short is simply made again.
 */
record PlayerRows(Connection from, Connection to, long player) {
    private static final int PORTION = 200;

    /** The tables of a database that have a column {@code player_id}. */
    static Set<String> tables(Connection database) throws SQLException {
        var tables = new TreeSet<String>();
        try (var columns = database.getMetaData().getColumns(database.getCatalog(), null, "%", "player_id")) {
            while (columns.next()) tables.add(columns.getString("TABLE_NAME"));
        }
        return tables;
    }

    /** How many rows of a table the player has where it comes from. */
    long count(String table) throws SQLException {
        try (var select = from.prepareStatement("SELECT COUNT(*) FROM " + table + " WHERE player_id = ?")) {
            select.setString(1, Long.toUnsignedString(player));
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    void copy(String table) throws SQLException {
        try (var rows = rows(from, table)) {
            var columns = columns(rows);
            var sql = "INSERT INTO %s (%s) VALUES (%s) ON DUPLICATE KEY UPDATE %s"
                    .formatted(
                            table,
                            String.join(", ", columns),
                            String.join(", ", Collections.nCopies(columns.size(), "?")),
                            String.join(
                                    ", ",
                                    columns.stream()
                                            .map(column -> column + " = VALUES(" + column + ")")
                                            .toList()));
            to.setAutoCommit(false);
            try (var insert = to.prepareStatement(sql)) {
                for (var written = 1; rows.next(); written++) {
                    for (var column = 1; column <= columns.size(); column++) {
                        insert.setObject(column, value(rows, column));
                    }
                    insert.addBatch();
                    if (written % PORTION == 0) {
                        insert.executeBatch();
                        to.commit();
                    }
                }
                insert.executeBatch();
                to.commit();
            } catch (SQLException failed) {
                to.rollback();
                throw failed;
            } finally {
                to.setAutoCommit(true);
            }
        }
    }

    /** Whether the player has the same rows on both sides, column by column. */
    boolean isSame(String table) throws SQLException {
        try (var here = rows(from, table);
                var there = rows(to, table)) {
            var columns = columns(here).size();
            while (here.next()) {
                if (!there.next()) return false;
                for (var column = 1; column <= columns; column++) {
                    if (!same(value(here, column), value(there, column))) return false;
                }
            }
            return !there.next();
        }
    }

    /** Whether the player has a row there of each key that there is here, whatever it says. */
    boolean isContained(String table) throws SQLException {
        return keys(to, table).containsAll(keys(from, table));
    }

    private Set<List<String>> keys(Connection database, String table) throws SQLException {
        var names = primaryKey(database, table);
        var keys = new HashSet<List<String>>();
        try (var rows = rows(database, table)) {
            while (rows.next()) {
                var key = new ArrayList<String>();
                for (var name : names) key.add(rows.getString(name));
                keys.add(key);
            }
        }
        return keys;
    }

    private ResultSet rows(Connection database, String table) throws SQLException {
        var select = database.prepareStatement("SELECT * FROM " + table + " WHERE player_id = ? ORDER BY "
                + String.join(", ", primaryKey(database, table)));
        select.closeOnCompletion();
        select.setString(1, Long.toUnsignedString(player));
        return select.executeQuery();
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

    /** As text, in which numbers of any size and times travel unchanged; bytes as bytes. */
    private static Object value(ResultSet rows, int column) throws SQLException {
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> rows.getBytes(column);
            default -> rows.getString(column);
        };
    }

    private static boolean same(Object one, Object other) {
        return Arrays.deepEquals(new Object[] {one}, new Object[] {other});
    }
}
