package io.gamehall.reward.leaderboard;

import static io.gamehall.reward.leaderboard.GivenScores.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.leaderboard.Boards.Told;
import io.gamehall.reward.leaderboard.domain.BoardPage;
import io.gamehall.reward.leaderboard.domain.BoardPage.Place;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.gamehall.reward.score.domain.Score;
import io.gamehall.reward.score.domain.ScoreKey;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Boards on the real Redis, against the scores in the real database; also while they are rebuilt, and lost. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class BoardsTest {
    private static final long BASE = 1L << 45;

    @Inject
    Boards boards;

    @Inject
    BuildBoards buildBoards;

    @Inject
    Debt debt;

    @Inject
    ScoreRows rows;

    @Inject
    BoardMeters meters;

    @Inject
    LeaderboardConfig config;

    @Inject
    GivenScores scores;

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    private final String game = "g" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), 36);

    @Test
    void equals_are_ranked_by_their_ids_and_scores_below_zero_come_last() {
        scores.write(BASE + 7, game, 10);
        scores.write(BASE + 1000, game, 10);
        scores.write(BASE + 8, game, -5);
        scores.write(BASE + 9, game, 0);
        rebuild();

        assertThat(scores.board(game).orElseThrow())
                .containsExactly(
                        new Place(1, BASE + 7, 10),
                        new Place(2, BASE + 1000, 10),
                        new Place(3, BASE + 9, 0),
                        new Place(4, BASE + 8, -5));
        assertThat(read(new BoardQuery.Around(game, BASE + 9, 1)).places())
                .extracting(Place::rank)
                .containsExactly(2L, 3L, 4L);
        assertThat(read(new BoardQuery.Around(game, BASE + 7, 1)).places())
                .extracting(Place::rank)
                .containsExactly(1L, 2L);
        assertThat(read(new BoardQuery.Around(game, 1, 5)).places()).isEmpty();
        assertThat(read(new BoardQuery.Top(game, 1, 2)).places())
                .extracting(Place::rank)
                .containsExactly(2L, 3L);
    }

    @Test
    void an_older_score_that_comes_late_undoes_nothing() {
        rebuiltWith(BASE, 1);
        tell(new BoardScore(BASE, 30, 3));

        tell(new BoardScore(BASE, 20, 2));

        assertThat(scores.board(game).orElseThrow()).containsExactly(new Place(1, BASE, 30));
    }

    @Test
    void an_older_score_does_not_bring_back_who_has_fallen_off_the_board() {
        var best = fullBoard();
        var asOf = System.nanoTime();
        fall(best);

        boards.tell(game, List.of(new BoardScore(best, 5_000, 2)), asOf).await().atMost(PATIENCE);

        assertThat(scores.board(game).orElseThrow()).extracting(Place::player).doesNotContain(best);
    }

    @Test
    void what_was_read_before_those_that_are_forgotten_has_to_be_read_again() {
        var best = fullBoard();
        var asOf = System.nanoTime();
        fall(best);
        for (var other = 1; other <= config.leaversMax(); other++) tell(new BoardScore(best + other, 2, 1));

        var told = boards.tell(game, List.of(new BoardScore(best, 5_000, 2)), asOf)
                .await()
                .atMost(PATIENCE);

        assertThat(told).isEqualTo(Told.LATE);
        assertThat(scores.board(game).orElseThrow()).extracting(Place::player).doesNotContain(best);
    }

    /** @return the best player of a board on which there is no room for all, with the version 2 */
    private long fullBoard() {
        var kept = 2 * config.size();
        LongStream.rangeClosed(0, kept).forEach(index -> scores.write(BASE + index, game, 1_000 + index));
        var best = BASE + kept;
        scores.write(best, game, 5_000);
        rebuild();
        assertThat(scores.board(game).orElseThrow()).hasSize(kept).first().isEqualTo(new Place(1, best, 5_000));
        return best;
    }

    private void fall(long player) {
        scores.write(player, game, 1);
        tell(new BoardScore(player, 1, 3));
        assertThat(scores.board(game).orElseThrow()).extracting(Place::player).doesNotContain(player);
    }

    @Test
    void a_board_that_is_too_short_is_filled_up_from_the_database() {
        var kept = 2 * config.size();
        LongStream.range(0, kept + 10).forEach(index -> scores.write(BASE + index, game, 1_000 + index));
        rebuild();

        for (var index = kept + 9; index >= config.size() - 5; index--) {
            scores.write(BASE + index, game, 1);
            tell(new BoardScore(BASE + index, 1, 2));
        }

        awaitTruth(2 * config.size());
    }

    @Test
    void whatever_the_order_of_what_is_told_while_boards_are_rebuilt_they_end_as_the_database() throws Exception {
        var seed = ThreadLocalRandom.current().nextLong();
        var players = 3 * config.size();
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(5)) {
            var rebuilds = threads.submit(() -> {
                while (!done.get()) buildBoards.build().await().atMost(PATIENCE);
            });
            var writers = new ArrayList<Future<?>>();
            for (var writer = 0; writer < 4; writer++) {
                // Each has players of its own, as each partition has, and tells of them in any order, some twice.
                var first = BASE + writer;
                var random = new Random(seed + writer);
                writers.add(threads.submit(() -> write(first, players, random)));
            }
            for (var writer : writers) writer.get();
            done.set(true);
            rebuilds.get();
        }

        var truth = scores.places(game);
        var board = scores.board(game).orElseThrow();
        assertThat(board.size()).as("seed %d", seed).isGreaterThanOrEqualTo(config.size());
        assertThat(board).as("seed %d", seed).isEqualTo(truth.subList(0, board.size()));
    }

    private void write(long first, int players, Random random) {
        for (var round = 0; round < 8; round++) {
            var news = new ArrayList<Runnable>();
            for (var change = 0; change < 40; change++) {
                var player = first + 4L * random.nextInt(players / 4);
                var asOf = System.nanoTime();
                scores.write(player, game, random.nextInt(1_000));
                var told =
                        rows.of(game, List.of(player)).await().atMost(PATIENCE).getFirst();
                news.add(() -> committed(told, asOf));
                if (random.nextInt(4) == 0) news.add(() -> committed(told, asOf));
            }
            Collections.shuffle(news, random);
            news.forEach(Runnable::run);
        }
    }

    @Test
    void boards_that_redis_has_lost_come_back_by_themselves() {
        rebuiltWith(BASE, 4);
        redis.key().del("{" + cell.name() + ":board:" + game + "}:score", "{" + cell.name() + ":boards}:all");

        awaitTruth(1);
    }

    @Test
    void a_board_that_has_lost_a_part_is_not_believed() {
        rebuiltWith(BASE, 4);
        redis.key().del("{" + cell.name() + ":board:" + game + "}:version");

        awaitTruth(1);
    }

    @Test
    void a_redis_that_came_back_with_an_old_copy_is_not_believed() {
        rebuiltWith(BASE, 4);
        var tag = "{" + cell.name() + ":board:" + game + "}";
        redis.sortedSet(String.class).zadd(tag + ":score", -77, "%016d".formatted(BASE));
        redis.hash(String.class).hset(tag + ":meta", "run", "another process of Redis");

        awaitTruth(1);
    }

    @Test
    void scores_that_could_not_be_told_are_mended_from_the_database() {
        rebuiltWith(BASE, 4);
        var away = new TellBoards(new Away(), rows, debt, meters);
        scores.write(BASE, game, 9);

        away.committed(one(BASE, 9, 2), System.nanoTime()).await().atMost(PATIENCE);

        awaitTruth(1);
    }

    @Test
    void a_new_game_gets_its_board_by_itself() {
        scores.write(BASE, game, 9);

        committed(new BoardScore(BASE, 9, 1), System.nanoTime());

        awaitTruth(1);
    }

    private void committed(BoardScore score, long asOfNanos) {
        new TellBoards(boards, rows, debt, meters)
                .committed(one(score.player(), score.score(), score.version()), asOfNanos)
                .await()
                .atMost(PATIENCE);
    }

    private TreeMap<ScoreKey, Score> one(long player, long score, long version) {
        var scores = new TreeMap<ScoreKey, Score>();
        scores.put(new ScoreKey(player, game), new Score(score, version, 0, 0, 0, version));
        return scores;
    }

    private void rebuiltWith(long player, long score) {
        scores.write(player, game, score);
        rebuild();
    }

    /** Also when the service itself is just at it. */
    private void rebuild() {
        await().atMost(PATIENCE).until(() -> buildBoards.build().await().atMost(PATIENCE));
    }

    private void tell(BoardScore score) {
        // The service may be rebuilding, and then want it read anew.
        await().atMost(PATIENCE)
                .until(() -> boards.tell(game, List.of(score), System.nanoTime())
                                .await()
                                .atMost(PATIENCE)
                        == Told.DONE);
    }

    private BoardPage read(BoardQuery query) {
        return boards.read(query).await().atMost(PATIENCE).orElseThrow();
    }

    private void awaitTruth(int sizeMin) {
        var truth = scores.places(game);
        await().atMost(PATIENCE).untilAsserted(() -> {
            var board = scores.board(game).orElse(List.of());
            assertThat(board).hasSizeGreaterThanOrEqualTo(sizeMin).isEqualTo(truth.subList(0, board.size()));
        });
    }

    /** A Redis that does not answer. */
    private record Away() implements Boards {
        @Override
        public Uni<Told> tell(String game, Collection<BoardScore> scores, long asOfNanos) {
            return Uni.createFrom().failure(new IllegalStateException("Redis is away"));
        }

        @Override
        public Uni<Optional<BoardPage>> read(BoardQuery query) {
            return Uni.createFrom().failure(new IllegalStateException("Redis is away"));
        }
    }
}
