package io.gamehall.hallctl.load;

import io.gamehall.hallctl.prepare.Schema;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection to a cell's database, also after that has gone and come back. Confined to one thread, which it blocks. */
public final class Database implements AutoCloseable {
    private final Schema schema;
    private final String name;
    private Connection connection;

    /**
     * @param schema the server
     * @param name the cell's database
     */
    public Database(Schema schema, String name) {
        this.schema = schema;
        this.name = name;
    }

    /** The test that it lives is no statement. */
    public Connection connection() throws SQLException {
        if (connection == null || !connection.isValid(1)) connection = schema.connect(name);
        return connection;
    }

    /** A counter of the server since its start, such as {@code Questions}: statements of clients. */
    public long status(String counter) throws SQLException {
        try (var select = connection().prepareStatement("SHOW GLOBAL STATUS WHERE Variable_name = ?")) {
            select.setString(1, counter);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) throw new SQLException("The database does not count " + counter);
                return rows.getLong(2);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) connection.close();
    }
}
