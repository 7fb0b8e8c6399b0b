package io.gamehall.hallctl.prepare;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;

/**
 * The database of a cell, {@code gamehall_<cell>}: made if missing, then migrated by Flyway with the scripts of the
 * contracts module. Safe to run at the same time elsewhere: Flyway locks.
 *
 * @param host of the server
 * @param user may create databases, or the database is there already
 */
public record Schema(String host, int port, String user, String password) {
    private static final Pattern DATABASE = Pattern.compile("gamehall_[a-z0-9_]{1,40}");

    /** The database's name: dashes of the cell's name become underscores. */
    public static String database(String cell) {
        var name = "gamehall_" + cell.replace('-', '_');
        if (!DATABASE.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a cell name (1-40 of a-z, 0-9, -): '" + cell + "'");
        }
        return name;
    }

    /** Makes and migrates the cell's database; returns the number of migrations that were applied now. */
    public int prepare(String cell) throws SQLException {
        var database = database(cell);
        try (var connection = connect("");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS " + database + " CHARACTER SET utf8mb4");
        }
        var flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(url(database), user, password)
                .locations("classpath:db/migration")
                .placeholders(Map.of("region", cell))
                .load();
        return flyway.migrate().migrationsExecuted;
    }

    /** A connection to a database; the empty name chooses none. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), user, password);
    }

    /** @param settings of the driver, each with {@code &} in front */
    public Connection connect(String database, String settings) throws SQLException {
        return DriverManager.getConnection(url(database) + settings, user, password);
    }

    private String url(String database) {
        return "jdbc:mariadb://" + host + ":" + port + "/" + database + "?connectTimeout=5000";
    }
}
