package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.facts.RoundFact;
import io.gamehall.v1.GameResult.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the pipeline is to beat: each fact by itself, read, computed, and written if nobody else has written meanwhile; else
 * all over again. It keeps no facts and so would count a repeat twice: it does less than the pipeline. Any thread.
 */
final class CasWriter implements AutoCloseable {
    private static final String SELECT =
            "SELECT score, wins, losses, draws, disputed, version FROM player_score WHERE player_id = ? AND game = ?";
    private static final String INSERT = "INSERT IGNORE INTO player_score"
            + " (score, wins, losses, draws, disputed, version, player_id, game) VALUES (?, ?, ?, ?, ?, 1, ?, ?)";
    private static final String UPDATE =
            "UPDATE player_score SET score = ?, wins = ?, losses = ?, draws = ?, disputed = ?, version = version + 1"
                    + " WHERE player_id = ? AND game = ? AND version = ?";
    private static final long BACK_OFF_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int DOUBLINGS_MAX = 6;
    private static final int COLUMNS = 5;

    private final ArrayBlockingQueue<Line> pool;
    private final List<Line> lines = new ArrayList<>();
    private final boolean backsOff;
    private final AtomicLong conflicts = new AtomicLong();

    /**
     * @param connect opens a connection, each statement of which is a transaction
     * @param connections at most so many statements at a time
     * @param backsOff whether who has lost waits, the longer the more often
     */
    CasWriter(Callable<Connection> connect, int connections, boolean backsOff) throws Exception {
        this.backsOff = backsOff;
        pool = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            var line = new Line(connect.call());
            lines.add(line);
            pool.add(line);
        }
    }

    /** Returns when the fact counts. */
    void write(RoundFact fact) throws SQLException, InterruptedException {
        for (int lost = 0; !attempt(fact); lost++) {
            conflicts.incrementAndGet();
            if (!backsOff) continue;
            long most = BACK_OFF_NANOS << Math.min(lost, DOUBLINGS_MAX);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
        }
    }

    private boolean attempt(RoundFact fact) throws SQLException, InterruptedException {
        var line = pool.take();
        try {
            return line.attempt(fact);
        } finally {
            pool.add(line);
        }
    }

    /** Attempts that came too late. */
    long conflicts() {
        return conflicts.get();
    }

    @Override
    public void close() throws SQLException {
        for (var line : lines) line.connection.close();
    }

    /** A connection with its statements, used by one thread at a time. */
    private static final class Line {
        private final Connection connection;
        private final PreparedStatement select;
        private final PreparedStatement insert;
        private final PreparedStatement update;

        Line(Connection connection) throws SQLException {
            this.connection = connection;
            select = connection.prepareStatement(SELECT);
            insert = connection.prepareStatement(INSERT);
            update = connection.prepareStatement(UPDATE);
        }

        boolean attempt(RoundFact fact) throws SQLException {
            select.setLong(1, fact.player());
            select.setString(2, RoundFact.GAME);
            var sums = new long[COLUMNS];
            long version = 0;
            try (var row = select.executeQuery()) {
                if (row.next()) {
                    for (int column = 0; column < COLUMNS; column++) sums[column] = row.getLong(column + 1);
                    version = row.getLong(COLUMNS + 1);
                }
            }
            add(fact, sums);
            var write = version == 0 ? insert : update;
            for (int column = 0; column < COLUMNS; column++) write.setLong(column + 1, sums[column]);
            write.setLong(COLUMNS + 1, fact.player());
            write.setString(COLUMNS + 2, RoundFact.GAME);
            if (version > 0) write.setLong(COLUMNS + 3, version);
            return write.executeUpdate() == 1;
        }

        private static void add(RoundFact fact, long[] sums) {
            sums[0] += fact.delta();
            sums[1] += fact.outcome() == Outcome.WON ? 1 : 0;
            sums[2] += fact.outcome() == Outcome.LOST ? 1 : 0;
            sums[3] += fact.outcome() == Outcome.DRAWN ? 1 : 0;
            sums[4] += fact.outcome() == Outcome.DISPUTED_ROUND ? 1 : 0;
        }
    }
}
