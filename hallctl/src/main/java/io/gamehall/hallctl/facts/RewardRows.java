package io.gamehall.hallctl.facts;

import io.gamehall.hallctl.load.Database;
import io.gamehall.hallctl.prepare.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands in the cell's database of a load's players. Confined to one thread, which it blocks. */
public final class RewardRows implements AutoCloseable {
    /** Statements that one {@link #counted()} takes; the test that the connection lives is none. */
    public static final int LOOKS = 2;

    private final Database database;
    private final long first;
    private final long last;

    /**
     * @param schema the server
     * @param database the cell's
     * @param first the lowest id of the players
     * @param last the highest
     */
    public RewardRows(Schema schema, String database, long first, long last) {
        this.database = new Database(schema, database);
        this.first = first;
        this.last = last;
    }

    /** A settled round that counts. */
    public record RoundRow(long player, String id, String game, String outcome, int delta) {}

    /** A reward that was given. */
    public record GrantRow(long player, String id, String activity, String reward, long amount) {}

    /** Everything of these players. */
    public record Snapshot(
            List<RoundRow> rounds, Map<Long, Sums> scores, List<GrantRow> grants, Map<Long, Sums> points) {
        public Snapshot {
            rounds = List.copyOf(rounds);
            scores = Map.copyOf(scores);
            grants = List.copyOf(grants);
            points = Map.copyOf(points);
        }
    }

    /** Facts that count so far; reads as few rows as there are players, not facts, for results. */
    public long counted() throws SQLException {
        return number("SELECT COALESCE(SUM(version), 0) FROM player_score")
                + number("SELECT COUNT(*) FROM reward_grant");
    }

    public Snapshot all() throws SQLException {
        return new Snapshot(
                list("SELECT player_id, fact_id, game, outcome, delta FROM score_fact", RewardRows::round),
                map("SELECT player_id, score, wins, losses, draws, disputed, version FROM player_score"
                        + " WHERE game = '" + RoundFact.GAME + "' AND"),
                list("SELECT player_id, source_id, activity_id, kind, amount FROM reward_grant", RewardRows::grant),
                map("SELECT player_id, points, 0, 0, 0, 0, grants FROM player_points WHERE"));
    }

    /** See {@link Database#status}. */
    public long status(String counter) throws SQLException {
        return database.status(counter);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static RoundRow round(ResultSet row) throws SQLException {
        return new RoundRow(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getInt(5));
    }

    private static GrantRow grant(ResultSet row) throws SQLException {
        return new GrantRow(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5));
    }

    private long number(String select) throws SQLException {
        return list(select, row -> row.getLong(1)).getFirst();
    }

    private <T> List<T> list(String select, Reader<T> reader) throws SQLException {
        return query(select + " WHERE", reader);
    }

    private Map<Long, Sums> map(String select) throws SQLException {
        var sums = new HashMap<Long, Sums>();
        query(
                select,
                row -> sums.put(
                        row.getLong(1),
                        new Sums(
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7))));
        return sums;
    }

    private <T> List<T> query(String select, Reader<T> reader) throws SQLException {
        try (var statement = database.connection().prepareStatement(select + " player_id BETWEEN ? AND ?")) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) all.add(reader.read(rows));
                return all;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
