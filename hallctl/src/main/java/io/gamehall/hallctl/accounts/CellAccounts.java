package io.gamehall.hallctl.accounts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The accounts in the database of one cell. Each change of a state names the state that it starts from, so that two who
 * move the same account do not undo each other's steps.
 *
 * @param cell whose region it is
 */
record CellAccounts(Connection database, String cell) {
    /** Stands for no password, as gateway-service has it. */
    private static final String NO_PASSWORD = "!";

    private static final int TURN_WAIT_S = 10;

    private static final String FIND =
            "SELECT player_id, name, state, COALESCE(other_region, '') FROM account WHERE region = ? AND ";

    /** Where an account is: the values of its column. */
    enum State {
        LIVE,
        LEAVING,
        ARRIVING,
        LEFT
    }

    /** @param other the region that it goes to, comes from or lives in; empty for one that never moved */
    record Row(long player, String name, State state, String other) {
        /** Whether it is in a state with regard to a region. */
        boolean is(State what, String region) {
            return state == what && other.equals(region);
        }

        @Override
        public String toString() {
            return state + (other.isEmpty() ? "" : " (" + other + ")");
        }
    }

    /** What is done with a database as a whole, or not at all. */
    interface Work {
        void run() throws SQLException;
    }

    /** @throws IllegalStateException if somebody else has the turn to move the account away from here */
    void takeTurn(long player) throws SQLException {
        try (var select = prepare("SELECT GET_LOCK(?, ?)")) {
            select.setString(1, cell + "/" + Long.toString(player, Character.MAX_RADIX));
            select.setInt(2, TURN_WAIT_S);
            try (var rows = select.executeQuery()) {
                rows.next();
                if (rows.getInt(1) != 1) throw new IllegalStateException("Somebody else moves this account just now");
            }
        }
    }

    /** Does something in one transaction that sees one moment of the database. When it fails, the connection is to be closed. */
    void atOnce(Work work) throws SQLException {
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        database.setAutoCommit(false);
        try {
            work.run();
            database.commit();
        } catch (SQLException | RuntimeException failed) {
            try {
                database.rollback();
            } catch (SQLException away) {
                failed.addSuppressed(away);
            }
            throw failed;
        }
        database.setAutoCommit(true);
    }

    Optional<Row> find(long player) throws SQLException {
        return find("player_id = ?", Long.toString(player));
    }

    /** Also keeps the account's state from being changed until the transaction ends. */
    Optional<Row> hold(long player) throws SQLException {
        return find("player_id = ? FOR UPDATE", Long.toString(player));
    }

    Optional<Row> find(String name) throws SQLException {
        return find("name = ?", name);
    }

    private Optional<Row> find(String condition, String value) throws SQLException {
        try (var select = prepare(FIND + condition, cell, value);
                var rows = select.executeQuery()) {
            if (!rows.next()) return Optional.empty();
            return Optional.of(
                    new Row(rows.getLong(1), rows.getString(2), State.valueOf(rows.getString(3)), rows.getString(4)));
        }
    }

    /** Whether anybody can log in to an account: with a password, or vouched for. */
    boolean hasKey(long player) throws SQLException {
        try (var select = prepare(
                        "SELECT 1 FROM account WHERE region = ? AND player_id = ? AND password_hash <> ? UNION ALL"
                                + " SELECT 1 FROM account_identity WHERE region = ? AND player_id = ?",
                        cell,
                        Long.toString(player),
                        NO_PASSWORD,
                        cell,
                        Long.toString(player));
                var rows = select.executeQuery()) {
            return rows.next();
        }
    }

    /** Whether an identity of a player of another cell leads to another player here. */
    boolean isTaken(CellAccounts from, long player) throws SQLException {
        try (var found = from.prepare(
                        "SELECT issuer, subject FROM account_identity WHERE region = ? AND player_id = ?",
                        from.cell,
                        Long.toString(player));
                var rows = found.executeQuery()) {
            while (rows.next()) {
                if (isTaken(rows.getBytes(1), rows.getBytes(2), player)) return true;
            }
        }
        return false;
    }

    private boolean isTaken(byte[] issuer, byte[] subject, long player) throws SQLException {
        try (var select = prepare("SELECT 1 FROM account_identity WHERE region = ? AND issuer = ? AND subject = ?"
                + " AND player_id <> ?")) {
            select.setString(1, cell);
            select.setBytes(2, issuer);
            select.setBytes(3, subject);
            select.setLong(4, player);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** A table with work that is still to be done for a player; empty: there is none. */
    Optional<String> workLeft(long player) throws SQLException {
        for (var table : PlayerTables.of(PlayerTables.Treatment.DONE_FIRST)) {
            try (var select =
                            prepare("SELECT 1 FROM " + table + " WHERE player_id = ? LIMIT 1", Long.toString(player));
                    var rows = select.executeQuery()) {
                if (rows.next()) return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** Ids of the cell's activities, each with the number of its shards. */
    Map<String, Integer> activities() throws SQLException {
        var activities = new TreeMap<String, Integer>();
        try (var select = prepare("SELECT activity_id, COALESCE(JSON_EXTRACT(config, '$.shards'), 1) FROM activity");
                var rows = select.executeQuery()) {
            while (rows.next()) activities.put(rows.getString(1), rows.getInt(2));
        }
        return activities;
    }

    /** Changes the state of an account. @return false: it is not in the one that this starts from */
    boolean change(Row from, State to, String other) throws SQLException {
        var update = "UPDATE account SET state = ?, other_region = ? WHERE region = ? AND player_id = ? AND state = ?"
                + " AND COALESCE(other_region, '') = ?";
        return run(update, to.name(), other, cell, Long.toString(from.player), from.state.name(), from.other) == 1;
    }

    /**
     * Registers an account that arrives from another cell, with the identities that lead to it. Within a transaction.
     *
     * @param name that it is to have; empty: the one that it has, or had when it lived here before
     * @throws IllegalStateException if name or identity have an account here, or the account does not leave any more
     */
    void receive(CellAccounts from, long player, Optional<String> name) throws SQLException {
        try {
            var known = hold(player);
            // Asked while it is held here: it is not opened here before it has left, and then by nobody else until the
            // end.
            if (from.find(player).filter(row -> row.is(State.LEAVING, cell)).isEmpty()) {
                throw new IllegalStateException("It has been called back, or has moved on");
            }
            if (known.isEmpty()) insert(from, player, name);
            else update(from, player, name);
            receiveIdentities(from, player);
        } catch (SQLIntegrityConstraintViolationException taken) {
            throw new IllegalStateException(
                    "Name or identity of the account have another account in " + cell
                            + " (another name can be given with --name): " + taken.getMessage(),
                    taken);
        }
    }

    private void insert(CellAccounts from, long player, Optional<String> name) throws SQLException {
        try (var found = from.account(player);
                var row = found.executeQuery()) {
            if (!row.next()) throw new IllegalStateException("The account is gone from " + from.cell);
            run(
                    "INSERT INTO account (region, player_id, name, password_hash, created_at, state, other_region)"
                            + " VALUES (?, ?, ?, ?, ?, 'ARRIVING', ?)",
                    cell,
                    Long.toString(player),
                    name.orElse(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    from.cell);
        }
    }

    private void update(CellAccounts from, long player, Optional<String> name) throws SQLException {
        try (var found = from.account(player);
                var row = found.executeQuery()) {
            if (!row.next()) throw new IllegalStateException("The account is gone from " + from.cell);
            var updated = run(
                    "UPDATE account SET state = 'ARRIVING', other_region = ?, password_hash = ?, name = COALESCE(?, name)"
                            + " WHERE region = ? AND player_id = ? AND state IN ('LEFT', 'ARRIVING')",
                    from.cell,
                    row.getString(2),
                    name.orElse(null),
                    cell,
                    Long.toString(player));
            if (updated != 1) throw new IllegalStateException("The account is open in " + cell);
        }
    }

    private PreparedStatement account(long player) throws SQLException {
        return prepare(
                "SELECT name, password_hash, created_at FROM account WHERE region = ? AND player_id = ?",
                cell,
                Long.toString(player));
    }

    private void receiveIdentities(CellAccounts from, long player) throws SQLException {
        run("DELETE FROM account_identity WHERE region = ? AND player_id = ?", cell, Long.toString(player));
        try (var found = from.prepare(
                        "SELECT issuer, subject, created_at FROM account_identity WHERE region = ? AND player_id = ?",
                        from.cell,
                        Long.toString(player));
                var rows = found.executeQuery();
                var insert = prepare("INSERT INTO account_identity (issuer, subject, created_at, region, player_id)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            while (rows.next()) {
                insert.setBytes(1, rows.getBytes(1));
                insert.setBytes(2, rows.getBytes(2));
                insert.setString(3, rows.getString(3));
                insert.setString(4, cell);
                insert.setLong(5, player);
                insert.executeUpdate();
            }
        }
    }

    /** Has reward-service rebuild its leaderboards: a player has come or gone. */
    void oweLeaderboards() throws SQLException {
        run(
                "INSERT INTO leaderboard_debt (region, owed, settled) VALUES (?, 1, 0)"
                        + " ON DUPLICATE KEY UPDATE owed = owed + 1",
                cell);
    }

    private int run(String sql, String... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, String... values) throws SQLException {
        var statement = database.prepareStatement(sql);
        for (var index = 0; index < values.length; index++) statement.setString(index + 1, values[index]);
        return statement;
    }
}
