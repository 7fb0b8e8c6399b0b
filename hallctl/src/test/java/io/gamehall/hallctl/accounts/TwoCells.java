package io.gamehall.hallctl.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.accounts.PlayerTables.Treatment;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.testing.RealServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Two cells on real servers, and an account that is registered in the first. Its connection commits by itself. */
final class TwoCells implements AutoCloseable {
    static final String HASH = "$2a$06$abcdefghijklmnopqrstuv";

    final String here;
    final String there;
    long player;
    String name;
    private final Connection sql;

    TwoCells() throws Exception {
        here = RealServers.cell();
        there = RealServers.cell();
        sql = connect(here);
    }

    static Connection connect(String cell) throws SQLException {
        var connection = RealServers.schema().connect(Schema.database(cell));
        try (var statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
        }
        return connection;
    }

    /** A new account, with rows in each table of what players have. */
    void register() throws SQLException {
        player = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 51);
        name = "p-" + Long.toString(player, 36);
        run(
                "INSERT INTO #here.account (region, player_id, name, password_hash, created_at) VALUES ('%s', #p, '%s', '%s',"
                                .formatted(here, name, HASH)
                        + " '2020-02-03 04:05:06.789')");
        run(
                "INSERT INTO #here.account_identity (region, issuer, subject, player_id) VALUES ('%s', 'issuer ', CONCAT(X'C3A9FF', #p), #p)"
                        .formatted(here));
        score(here, 1, 30);
        run("INSERT INTO #here.player_score VALUES (#p, 'mahjong', 30, 1, 0, 0, 0, 1)");
        run("INSERT INTO #here.reward_grant VALUES (#p, 'spring:1', 'spring', 'points', 'p', 50, 7, 0)");
        run("INSERT INTO #here.reward_grant VALUES (#p, 'spring:2', 'spring', 'points', 'p', 8, 7, 99)");
        run("INSERT INTO #here.reward_change VALUES (#p, 'spring:2', 1, 'CLAIMED', 8, 9, #p, 'why é')");
        run("INSERT INTO #here.player_points VALUES (#p, 58, 1, 1)");
        run("INSERT INTO #here.player_holding VALUES (#p, 'item', X'C3A92000FF', -3, 0, 0)");
        run("INSERT INTO #here.achievement_fact VALUES (#p, 'a/1/2/r', 'f1', 'kills', 5, 5, 11)");
        run("INSERT INTO #here.achievement_chunk VALUES (#p, 'a/1/2/r', 0, 1, 2, 1, 11, 10, X'00FF27C3', 2, 2)");
        run("INSERT INTO #here.achievement_place VALUES (#p, 'a/1/2/r', 'kills', 1)");
        run("INSERT INTO #here.activity_join VALUES (#p, 'spring', 1, '%s', 5)".formatted(here));
    }

    void score(String cell, int round, int delta) throws SQLException {
        run("INSERT INTO %s.score_fact VALUES (#p, 'mahjong-1/3/%d/#p', 'mahjong', 'WON', %d, 0, 0, 0, 5)"
                .formatted(Schema.database(cell), round, delta));
    }

    /** {@code #here}, {@code #there}: the databases; {@code #p}: the player. */
    int run(String statement) throws SQLException {
        try (var execute = sql.createStatement()) {
            return execute.executeUpdate(filled(statement));
        }
    }

    /** First column of all rows. */
    List<String> all(String select) throws SQLException {
        try (var execute = sql.createStatement();
                var rows = execute.executeQuery(filled(select))) {
            var all = new ArrayList<String>();
            while (rows.next()) all.add(rows.getString(1));
            return all;
        }
    }

    String one(String select) throws SQLException {
        return all(select).getFirst();
    }

    private String filled(String statement) {
        return statement
                .replace("#here", Schema.database(here))
                .replace("#there", Schema.database(there))
                .replace("#p", Long.toString(player));
    }

    /** State of the account and the region that goes with it; empty: there is none. */
    String state(String cell) throws SQLException {
        var states = all("SELECT CONCAT(state, ' ', COALESCE(other_region, '-')) FROM " + Schema.database(cell)
                + ".account WHERE player_id = #p");
        return states.isEmpty() ? "" : states.getFirst();
    }

    /** The player has the same rows in both cells, and points and scores are what the facts add up to. */
    void assertMovedWhole() throws SQLException {
        assertThat(state(here)).isEqualTo("LEFT " + there);
        assertThat(state(there)).isEqualTo("LIVE " + here);
        assertSameRows();
        assertThat(one("SELECT points - (SELECT SUM(amount) FROM #there.reward_grant WHERE player_id = #p AND"
                        + " claim_until_ms = 0) - (SELECT SUM(delta) FROM #there.reward_change WHERE player_id = #p)"
                        + " FROM #there.player_points WHERE player_id = #p"))
                .isEqualTo("0");
        assertThat(one("SELECT score - (SELECT SUM(delta) FROM #there.score_fact WHERE player_id = #p)"
                        + " FROM #there.player_score WHERE player_id = #p"))
                .isEqualTo("0");
    }

    void assertSameRows() throws SQLException {
        for (var table : PlayerTables.of(Treatment.FACTS, Treatment.SUMS)) {
            var both = "SELECT COUNT(*) FROM (SELECT * FROM #%s.%s WHERE player_id = #p EXCEPT SELECT * FROM #%s.%s"
                    + " WHERE player_id = #p) d";
            assertThat(one(both.formatted("here", table, "there", table)))
                    .as(table + " only in the old region")
                    .isEqualTo("0");
            assertThat(one(both.formatted("there", table, "here", table)))
                    .as(table + " only in the new region")
                    .isEqualTo("0");
        }
    }

    @Override
    public void close() throws SQLException {
        sql.close();
    }
}
