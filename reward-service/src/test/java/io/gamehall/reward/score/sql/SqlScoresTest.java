package io.gamehall.reward.score.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.pipeline.PipelineConfig;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.reward.pipeline.RecordFacts;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.score.ScoreLedger;
import io.gamehall.reward.score.domain.ScoreFact;
import io.gamehall.reward.score.domain.ScoreFact.Outcome;
import io.gamehall.reward.score.domain.ScoreFact.Round;
import io.gamehall.reward.score.domain.Standing;
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
import java.util.Random;
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
        var facts = IntStream.range(0, 1_000)
                .mapToObj(id -> fact(43_000_000L + id, "big/" + "x".repeat(100) + id, 1))
                .toList();

        var entry = ledger.record(facts).await().atMost(PATIENCE);

        assertThat(entry.rows()).isEqualTo(1_000);
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

    private Row one(String sql, long player) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(player))
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
