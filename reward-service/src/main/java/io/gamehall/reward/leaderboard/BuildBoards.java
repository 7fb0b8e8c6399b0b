package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.Boards.Told;
import io.gamehall.reward.leaderboard.ScoreRows.Cursor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Builds all boards anew out of the database, in pages, while the old ones are shown and facts go on. A board ends equal
 * to the database: what changes after its row was read is told to the new board, too.
 */
@ApplicationScoped
class BuildBoards {
    private static final Logger LOG = Logger.getLogger(BuildBoards.class);
    /** Pages read in vain, one after the other, until the build is given up. */
    private static final int VAIN_MAX = 20;

    private final BoardBuilds builds;
    private final ScoreRows rows;
    private final Debt debt;
    private final BoardMeters meters;
    private final int pageRows;

    BuildBoards(BoardBuilds builds, ScoreRows rows, Debt debt, BoardMeters meters, LeaderboardConfig config) {
        this.builds = builds;
        this.rows = rows;
        this.debt = debt;
        this.meters = meters;
        this.pageRows = config.pageRows();
    }

    /** @return whether we built; else somebody else does. Fails when a server is away: try again */
    Uni<Boolean> build() {
        return builds.claim().flatMap(build -> build.map(number -> build(number).replaceWith(true))
                .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Void> build(String number) {
        var started = System.nanoTime();
        var progress = new Progress(number);
        return debt.owed()
                .call(owed -> builds.state().call(state -> progress.begin(state.games())))
                .call(owed -> Uni.createFrom()
                        .deferred(progress::step)
                        .repeat()
                        .whilst(more -> more)
                        .collect()
                        .last())
                .call(owed -> progress.publish())
                .call(owed -> builds.end(number))
                .call(debt::settle)
                .onItemOrFailure()
                .invoke((done, failure) -> meters.rebuilt(failure == null, started))
                .invoke(owed -> LOG.infof("Rebuilt the leaderboards of %d games", progress.begun.size()))
                .onFailure()
                .call(failure -> builds.giveUp(number).onFailure().recoverWithNull())
                .replaceWithVoid();
    }

    /** One build. Its steps follow one another, hence no locks. */
    private final class Progress {
        private final String number;
        private final Set<String> begun = new HashSet<>();
        private Cursor at = Cursor.START;
        private int vain;

        Progress(String number) {
            this.number = number;
        }

        /** @return whether any of the games is new */
        Uni<Boolean> begin(Set<String> games) {
            var fresh = new HashSet<>(games);
            fresh.removeAll(begun);
            var begins = Uni.createFrom().voidItem();
            for (var game : fresh) begins = begins.chain(() -> builds.begin(number, game));
            return begins.invoke(() -> begun.addAll(fresh)).replaceWith(!fresh.isEmpty());
        }

        /** @return whether there is more to do */
        Uni<Boolean> step() {
            var readAt = System.nanoTime();
            return builds.hold(number).chain(() -> rows.after(at, pageRows)).flatMap(page -> begin(
                            page.byGame().keySet())
                    // Read before their boards were begun, so possibly changed without their being told.
                    .flatMap(fresh -> fresh ? Uni.createFrom().item(false) : add(page, readAt))
                    .map(added -> advance(page, added)));
        }

        private Uni<Boolean> add(ScoreRows.Page page, long readAt) {
            var adds = Uni.createFrom().item(true);
            for (var game : page.byGame().entrySet()) {
                adds = adds.flatMap(inTime -> !inTime
                        ? Uni.createFrom().item(false)
                        : builds.add(number, game.getKey(), game.getValue(), readAt)
                                .map(told -> told == Told.DONE));
            }
            return adds;
        }

        private boolean advance(ScoreRows.Page page, boolean added) {
            if (!added) {
                if (++vain > VAIN_MAX) throw new IllegalStateException("Scores change faster than they can be read");
                return true;
            }
            vain = 0;
            page.next().ifPresent(next -> at = next);
            return page.next().isPresent();
        }

        Uni<Void> publish() {
            var publications = Uni.createFrom().voidItem();
            for (var game : begun) {
                publications = publications.chain(() -> builds.publish(number, game));
            }
            return publications;
        }
    }
}
