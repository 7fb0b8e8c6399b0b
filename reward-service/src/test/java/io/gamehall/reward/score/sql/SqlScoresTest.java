package io.gamehall.reward.score.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.pipeline.PipelineConfig;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.reward.pipeline.RecordFacts;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.score.ScoreLedger;
import io.gamehall.reward.score.domain.Score;
import io.gamehall.reward.score.domain.ScoreFact;
import io.gamehall.reward.score.domain.ScoreFact.Outcome;
import io.gamehall.reward.score.domain.ScoreFact.Round;
import io.gamehall.reward.score.domain.ScoreKey;
import io.gamehall.reward.score.domain.Standing;
import io.gamehall.reward.store.sql.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ledger of scores on the real database, also with several writers, as while Kafka hands partitions over. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class SqlScoresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ScoreLedger ledger;

    @Inject
    Database database;

    @Inject
    Pool pool;

    @Test
    void writers_of_the_same_facts_at_once_come_to_each_fact_once() {
        var seed = 20261121L;
        var random = new Random(seed);
        var base = 1_000_000L * (1 + random.nextInt(1_000));
        var facts = IntStream.range(0, 400)
                .mapToObj(id -> fact(base + random.nextInt(5), "r/" + id, random.nextInt(200) - 100))
                .toList();
        var progress = new Progress("test", new SimpleMeterRegistry());
        var patient = new Patient();

        var writers = IntStream.range(0, 4)
                .mapToObj(writer -> {
                    var mine = new ArrayList<>(facts);
                    Collections.shuffle(mine, new Random(seed + writer));
                    var batches = new ArrayList<List<ScoreFact>>();
                    for (var at = 0; at < mine.size(); at += 25) batches.add(mine.subList(at, at + 25));
                    return inOrder(new RecordFacts<>(ledger, patient, progress), batches);
                })
                .toList();
        Uni.join().all(writers).andFailFast().await().atMost(PATIENCE);

        for (var player = base; player < base + 5; player++) {
            var id = player;
            var due = facts.stream().filter(fact -> fact.key().player() == id).toList();
            var row = one("SELECT score, wins, version FROM player_score WHERE player_id = ?", player);
            assertThat(row.getLong("score"))
                    .as("seed %d", seed)
                    .isEqualTo(due.stream().mapToLong(ScoreFact::delta).sum());
            assertThat(row.getLong("wins")).isEqualTo(due.size());
            assertThat(row.getLong("version")).isEqualTo(due.size());
            var explained =
                    one("SELECT COUNT(*) AS facts, SUM(delta) AS total FROM score_fact WHERE player_id = ?", player);
            assertThat(explained.getLong("facts")).isEqualTo(due.size());
            assertThat(explained.getLong("total")).isEqualTo(row.getLong("score"));
        }
    }

    @Test
    void a_fact_recorded_before_is_told_as_it_was_and_writes_nothing() {
        var player = 42_000_001L;
        var first = fact(player, "a", 10);
        ledger.record(List.of(first)).await().atMost(PATIENCE);
        ledger.record(List.of(fact(player, "b", 5))).await().atMost(PATIENCE);

        var again = ledger.record(List.of(first)).await().atMost(PATIENCE);

        assertThat(again.rows()).isZero();
        assertThat(again.effects()).singleElement().satisfies(effect -> {
            assertThat(effect.fresh()).isFalse();
            assertThat(effect.what()).isEqualTo(new Standing(10, 10, 1, 0));
        });
    }

    @Test
    void a_batch_of_the_largest_size_is_one_transaction() {
        var facts = IntStream.range(0, 2_000)
                .mapToObj(id -> fact(43_000_000L + id, "big/" + "x".repeat(100) + id, 1))
                .toList();

        var entry = ledger.record(facts).await().atMost(PATIENCE);

        assertThat(entry.rows()).isEqualTo(2_000);
    }

    @Test
    void what_comes_again_is_found_among_what_is_new() {
        var base = 44_000_000L;
        var facts = IntStream.range(0, 1_500)
                .mapToObj(id -> fact(base + id % 700, "mixed/" + id, id % 7))
                .toList();
        ledger.record(facts.subList(200, 700)).await().atMost(PATIENCE);

        var first = ledger.record(facts).await().atMost(PATIENCE);
        var again = ledger.record(facts).await().atMost(PATIENCE);
        var onlyNew = ledger.record(List.of(fact(base, "mixed/new", 1))).await().atMost(PATIENCE);

        assertThat(first.effects().subList(200, 700)).noneMatch(effect -> effect.fresh());
        assertThat(first.effects().stream().filter(effect -> effect.fresh())).hasSize(1_000);
        assertThat(again.rows()).isZero();
        assertThat(again.effects())
                .extracting(effect -> effect.what())
                .isEqualTo(first.effects().stream().map(effect -> effect.what()).toList());
        assertThat(onlyNew.effects()).singleElement().matches(effect -> effect.fresh());
        assertThat(one("SELECT CAST(COUNT(*) AS SIGNED) AS n FROM score_fact WHERE fact_id LIKE ?", "mixed/%")
                        .getLong("n"))
                .isEqualTo(1_501);
        assertThat(one("SELECT version, score FROM player_score WHERE player_id = ?", base + 699)
                        .getLong("version"))
                .isEqualTo(2);
    }

    @Test
    void the_scores_of_a_players_other_games_stay_as_they_are() {
        var player = 45_000_001L;
        var other =
                new ScoreFact(new FactKey(player, "o"), "doudizhu", new Round("doudizhu-1", 1, 1), Outcome.WON, 9, 1);
        ledger.record(List.of(fact(player, "a", 10), other)).await().atMost(PATIENCE);

        var entry = ledger.record(List.of(fact(player, "b", 5))).await().atMost(PATIENCE);

        assertThat(entry.rows()).isEqualTo(1);
        assertThat(entry.effects().getFirst().what()).isEqualTo(new Standing(5, 15, 2, 0));
        assertThat(one("SELECT score FROM player_score WHERE game = 'doudizhu' AND player_id = ?", player)
                        .getLong("score"))
                .isEqualTo(9);
    }

    @Test
    void news_are_of_the_scores_that_facts_are_about_also_when_they_come_again() {
        var player = 46_000_001L;
        var other =
                new ScoreFact(new FactKey(player, "o"), "doudizhu", new Round("doudizhu-1", 1, 1), Outcome.WON, 9, 1);
        var news = new ArrayList<SortedMap<ScoreKey, Score>>();
        var told = new SqlScores(database, (scores, asOfNanos) -> {
            news.add(scores);
            return Uni.createFrom().voidItem();
        });
        told.record(List.of(fact(player, "a", 10), other)).await().atMost(PATIENCE);

        told.record(List.of(fact(player, "b", 5))).await().atMost(PATIENCE);
        told.record(List.of(fact(player, "b", 5))).await().atMost(PATIENCE);

        var key = new ScoreKey(player, "upgrade");
        assertThat(news)
                .containsExactly(
                        new TreeMap<>(Map.of(
                                key,
                                new Score(10, 1, 0, 0, 0, 1),
                                new ScoreKey(player, "doudizhu"),
                                new Score(9, 1, 0, 0, 0, 1))),
                        new TreeMap<>(Map.of(key, new Score(15, 2, 0, 0, 0, 2))),
                        new TreeMap<>(Map.of(key, new Score(15, 2, 0, 0, 0, 2))));
    }

    private static Uni<Void> inOrder(RecordFacts<ScoreFact, Standing> recordFacts, List<List<ScoreFact>> batches) {
        var done = Uni.createFrom().voidItem();
        for (var batch : batches) {
            done = done.chain(() -> recordFacts.record(batch))
                    .invoke(outcome -> assertThat(outcome.refused()).isEmpty())
                    .replaceWithVoid();
        }
        return done;
    }

    private Row one(String sql, Object parameter) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(parameter))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
    }

    private static ScoreFact fact(long player, String id, int delta) {
        return new ScoreFact(new FactKey(player, id), "upgrade", new Round("upgrade-1", 1, 1), Outcome.WON, delta, 1);
    }

    /** Four writers of the same rows collide all the time; that many conflicts are not a fact's fault here. */
    private record Patient() implements PipelineConfig {
        @Override
        public Duration retryDelayFirst() {
            return Duration.ofMillis(5);
        }

        @Override
        public Duration retryDelayMax() {
            return Duration.ofMillis(50);
        }

        @Override
        public int conflictsMax() {
            return 10_000;
        }
    }
}
