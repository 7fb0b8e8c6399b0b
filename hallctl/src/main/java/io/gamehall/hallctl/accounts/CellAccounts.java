package io.gamehall.hallctl.accounts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The accounts in the database of one cell. Each change names the state that it starts from and is one statement, so
 * that two who move the same account do not undo each other's steps.
 *
 * @param cell whose region it is
 */
record CellAccounts(Connection database, String cell) {
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
    }

    private static final String FIND =
            "SELECT player_id, name, state, COALESCE(other_region, '') FROM account WHERE region = ? AND ";

    Optional<Row> find(long player) throws SQLException {
        return find("player_id = ?", Long.toUnsignedString(player));
    }

    Optional<Row> find(String name) throws SQLException {
        return find("name = ?", name);
    }

    private Optional<Row> find(String condition, String value) throws SQLException {
        try (var select = prepare(FIND + condition, cell, value);
                var rows = select.executeQuery()) {
            if (!rows.next()) return Optional.empty();
            return Optional.of(new Row(
                    Long.parseUnsignedLong(rows.getString(1)),
                    rows.getString(2),
                    State.valueOf(rows.getString(3)),
                    rows.getString(4)));
        }
    }

    /** Changes the state of an account. @return false: it is not in the one that this starts from */
    boolean change(long player, State from, State to, String other) throws SQLException {
        var update = "UPDATE account SET state = ?, other_region = ? WHERE region = ? AND player_id = ? AND state = ?";
        return run(update, to.name(), other, cell, Long.toUnsignedString(player), from.name()) == 1;
    }

    /** Registers an account that arrives from another cell: under that name, or as it was if it has lived here before. */
    void receive(CellAccounts from, long player, String name) throws SQLException {
        var id = Long.toUnsignedString(player);
        try (var found = from.prepare(
                        "SELECT password_hash, created_at FROM account WHERE region = ? AND player_id = ?",
                        from.cell,
                        id);
                var row = found.executeQuery()) {
            if (!row.next()) throw new IllegalStateException("The account is gone from " + from.cell);
            if (find(player).isEmpty()) {
                run(
                        "INSERT INTO account (region, player_id, name, password_hash, created_at, state, other_region)"
                                + " VALUES (?, ?, ?, ?, ?, 'ARRIVING', ?)",
                        cell,
                        id,
                        name,
                        row.getString(1),
                        row.getString(2),
                        from.cell);
            } else {
                run(
                        "UPDATE account SET state = 'ARRIVING', other_region = ?, password_hash = ?"
                                + " WHERE region = ? AND player_id = ? AND state = 'LEFT'",
                        from.cell,
                        row.getString(1),
                        cell,
                        id);
            }
        }
    }

    /** Takes over the identities that lead to an account. */
    void receiveIdentities(CellAccounts from, long player) throws SQLException {
        for (var identity : from.identities(player)) {
            run(
                    "INSERT INTO account_identity (region, issuer, subject, player_id) VALUES (?, ?, ?, ?)"
                            + " ON DUPLICATE KEY UPDATE player_id = player_id",
                    cell,
                    identity.issuer,
                    identity.subject,
                    Long.toUnsignedString(player));
        }
        if (!identities(player).containsAll(from.identities(player))) {
            throw new IllegalStateException(
                    "An identity of the account has an account in " + cell + " already: its owner logged in there");
        }
    }

    /** By an issuer, as text: both are printable. */
    private record Identity(String issuer, String subject) {}

    private List<Identity> identities(long player) throws SQLException {
        var select = "SELECT CONVERT(issuer USING utf8mb4), CONVERT(subject USING utf8mb4) FROM account_identity"
                + " WHERE region = ? AND player_id = ?";
        try (var found = prepare(select, cell, Long.toUnsignedString(player));
                var rows = found.executeQuery()) {
            var identities = new ArrayList<Identity>();
            while (rows.next()) identities.add(new Identity(rows.getString(1), rows.getString(2)));
            return identities;
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
        var statement = database.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        for (var index = 0; index < values.length; index++) statement.setString(index + 1, values[index]);
        return statement;
    }
}
