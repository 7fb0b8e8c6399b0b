package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.Boards.Told;
import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Building boards beside those that are shown, all games in one build. While a game's board is being built it is told of
 * each score, as the shown one is. Never blocks; every method fails when its server does not answer in time, and those
 * that name a build with {@link Superseded} when it took too long.
 */
public interface BoardBuilds {
    /**
     * What there is.
     *
     * @param built all boards were built, and by the looks of it none has been lost since
     * @param games that have boards
     */
    record State(boolean built, Set<String> games) {
        public State {
            games = Set.copyOf(games);
        }
    }

    /** A glance. */
    Uni<State> state();

    /** A close look at every board: false if any is missing, damaged, out of date or too short. */
    Uni<Boolean> areWhole();

    /** @return the number of a build that is ours; empty: somebody builds already */
    Uni<Optional<String>> claim();

    /** Goes on; without that, somebody else may begin. */
    Uni<Void> hold(String build);

    /** Begins to build a game's board, empty. What is read from now on may be added. */
    Uni<Void> begin(String build, String game);

    /**
     * Adds scores to a board that is being built.
     *
     * @param asOfNanos when they were read, at the latest, by {@link System#nanoTime()}
     * @return {@link Told#DONE} or {@link Told#LATE}
     */
    Uni<Told> add(String build, String game, Collection<BoardScore> scores, long asOfNanos);

    /** Shows a board that is complete in place of the former one. */
    Uni<Void> publish(String build, String game);

    /** All boards are published. */
    Uni<Void> end(String build);

    /** Somebody else may build. */
    Uni<Void> giveUp(String build);

    /** A build took too long, and another may have begun. */
    final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Superseded(String build) {
            super("Build " + build + " has been superseded", null, false, false);
        }
    }
}
