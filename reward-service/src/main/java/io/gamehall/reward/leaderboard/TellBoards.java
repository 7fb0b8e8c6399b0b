package io.gamehall.reward.leaderboard;

import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.gamehall.reward.score.ScoreNews;
import io.gamehall.reward.score.domain.Score;
import io.gamehall.reward.score.domain.ScoreKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Tells the boards of each committed score, or notes in the database that they have missed some: facts flow while Redis
 * is away, and no crash makes a board wrong for good. Any thread.
 */
@ApplicationScoped
class TellBoards implements ScoreNews {
    private static final Logger LOG = Logger.getLogger(TellBoards.class);
    private static final long AWAY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int READS_MAX = 5;

    private final Boards boards;
    private final ScoreRows rows;
    private final Debt debt;
    private final BoardMeters meters;
    private volatile boolean away;
    private volatile long askAgainAtNanos;

    TellBoards(Boards boards, ScoreRows rows, Debt debt, BoardMeters meters) {
        this.boards = boards;
        this.rows = rows;
        this.debt = debt;
        this.meters = meters;
    }

    @Override
    public Uni<Void> committed(SortedMap<ScoreKey, Score> scores, long asOfNanos) {
        if (scores.isEmpty()) return Uni.createFrom().voidItem();
        if (isAway()) return missed();
        var tells = new ArrayList<Uni<Boolean>>();
        byGame(scores).forEach((game, changed) -> tells.add(told(game, changed, asOfNanos, 1)));
        return Uni.join()
                .all(tells)
                .andCollectFailures()
                .invoke(answered -> away = false)
                .onItemOrFailure()
                .transformToUni((told, failure) -> {
                    if (failure != null) gone(failure);
                    return failure == null && !told.contains(false)
                            ? Uni.createFrom().voidItem()
                            : missed();
                });
    }

    private static TreeMap<String, List<BoardScore>> byGame(SortedMap<ScoreKey, Score> scores) {
        var games = new TreeMap<String, List<BoardScore>>();
        scores.forEach((key, score) -> games.computeIfAbsent(key.game(), game -> new ArrayList<>())
                .add(new BoardScore(key.player(), score.score(), score.version())));
        return games;
    }

    /** @return false: the board has to be rebuilt */
    private Uni<Boolean> told(String game, Collection<BoardScore> scores, long asOfNanos, int reads) {
        return boards.tell(game, scores, asOfNanos).invoke(meters::told).flatMap(told -> switch (told) {
            case DONE -> Uni.createFrom().item(true);
            case UNBUILT -> Uni.createFrom().item(false);
            case LATE ->
                reads < READS_MAX
                        ? again(game, scores, reads)
                        : Uni.createFrom().item(false);
        });
    }

    private Uni<Boolean> again(String game, Collection<BoardScore> scores, int reads) {
        var readAt = System.nanoTime();
        return rows.of(game, scores.stream().map(BoardScore::player).toList())
                .flatMap(newer -> told(game, newer, readAt, reads + 1));
    }

    private Uni<Void> missed() {
        meters.missed();
        meters.owing(true);
        return debt.owe();
    }

    /** While Redis does not answer, one batch a second waits for it. */
    private boolean isAway() {
        if (!away) return false;
        if (System.nanoTime() - askAgainAtNanos < 0) return true;
        askAgainAtNanos = System.nanoTime() + AWAY_NANOS;
        return false;
    }

    private void gone(Throwable failure) {
        askAgainAtNanos = System.nanoTime() + AWAY_NANOS;
        if (!away) LOG.warnf("Leaderboards miss scores and will be rebuilt: %s", failure.getMessage());
        away = true;
    }
}
