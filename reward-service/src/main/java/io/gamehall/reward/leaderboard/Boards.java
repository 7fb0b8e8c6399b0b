package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.domain.BoardPage;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Optional;

/**
 * The boards of this region's games, as they are shown. Each holds the best players, in order, and never one whose score
 * is out of date by what it was told. Never blocks; every method fails when its server does not answer in time.
 */
public interface Boards {
    /** What became of scores that a board was told of. */
    enum Told {
        DONE,
        /** They were read too long ago to tell whether they are the newest: read them again. */
        LATE,
        /** The game has no board; it is to be built. */
        UNBUILT
    }

    /**
     * Tells a game's board of scores.
     *
     * @param asOfNanos when they were read, at the latest, by {@link System#nanoTime()}
     */
    Uni<Told> tell(String game, Collection<BoardScore> scores, long asOfNanos);

    /** @return a part of a board; empty: there is none that can be believed, and one is to be built */
    Uni<Optional<BoardPage>> read(BoardQuery query);
}
