package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores in the database, which are the truth. */
public interface ScoreRows {
    /** A place in the order of all rows: by player, then game. */
    record Cursor(long player, String game) {
        /** Before the first row. */
        public static final Cursor START = new Cursor(0, "");
    }

    /**
     * Some rows.
     *
     * @param next where to go on; empty at the end
     */
    record Page(Map<String, List<BoardScore>> byGame, Optional<Cursor> next) {}

    /** The rows behind a place, so many at most. Fails when the database does not answer in time. */
    Uni<Page> after(Cursor cursor, int rows);

    /** Rows of players in a game, as far as there are any. Fails when the database does not answer in time. */
    Uni<List<BoardScore>> of(String game, Collection<Long> players);
}
