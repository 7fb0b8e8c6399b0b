package io.gamehall.reward.crash;

import static io.gamehall.reward.crash.RewardCell.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.reward.crash.RewardCell.Instance;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged service under a stream of facts, while processes of it are killed and others join in. */
class CrashIT {
    private static final String FACTS = "gamehall_reward_facts_total";
    private static final int KILLS_MAX = 20;
    private static final String CONFLICTS = "gamehall_reward_cas_conflicts_total";

    private final long seed = Long.getLong("gamehall.testing.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void killed_in_mid_batch_again_and_again_and_then_told_everything_once_more() throws Exception {
        System.out.println("CrashIT kills: -Dgamehall.testing.seed=" + seed);
        try (var cell = new RewardCell()) {
            var told = new Told(cell, new Random(seed));
            var service = cell.instance();
            var inMidWork = 0;
            for (var kill = 1; inMidWork < 3 && kill <= KILLS_MAX; kill++) {
                var toldBefore = told.rounds();
                var telling = CompletableFuture.runAsync(() -> told.tell(2_000));
                awaitFacts(cell, toldBefore + 200 + random.nextInt(600));
                service.process().kill();
                if (cell.count("score_fact") < toldBefore + 2_000) inMidWork++;
                telling.join();
                service.process().start();
            }
            assertThat(inMidWork).as("kills while there was work").isEqualTo(3);
            awaitAll(cell, told);
            assertExact(cell, told);

            service.process().kill();
            var before = cell.dump();
            cell.forgetOffsets();
            service.process().start();
            await().atMost(PATIENCE).until(() -> service.metric(FACTS, "repeated") >= told.records());

            assertThat(service.metric(FACTS, "applied")).isZero();
            assertThat(cell.dump()).as("seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    void a_second_instance_comes_and_is_killed_under_load() throws Exception {
        System.out.println("CrashIT instances: -Dgamehall.testing.seed=" + seed);
        try (var cell = new RewardCell()) {
            var told = new Told(cell, new Random(seed));
            var first = cell.instance();
            told.tell(1_500);
            awaitAll(cell, told);
            assertThat(conflicts(first)).as("of one alone").isZero();

            var telling = CompletableFuture.runAsync(() -> told.tell(4_500));
            var second = cell.instance();
            telling.join();
            awaitAll(cell, told);
            // The group hands partitions over in its own time, be all of these facts applied by then or not.
            await().atMost(PATIENCE).until(() -> {
                told.tell(200);
                awaitAll(cell, told);
                return second.metric(FACTS, "applied") > 0;
            });
            told.tell(500);
            awaitAll(cell, told);
            var ofHandingOver = conflicts(first, second);
            told.tell(1_500);
            awaitAll(cell, told);
            assertThat(conflicts(first, second)).as("when all is handed over").isEqualTo(ofHandingOver);

            var before = told.rounds();
            var more = CompletableFuture.runAsync(() -> told.tell(3_000));
            awaitFacts(cell, before + 500);
            second.process().kill();
            more.join();
            awaitAll(cell, told);
            assertExact(cell, told);
        }
    }

    private static long conflicts(Instance... instances) {
        return Stream.of(instances)
                .mapToLong(instance -> instance.metric(CONFLICTS))
                .sum();
    }

    private static void awaitFacts(RewardCell cell, long facts) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> cell.count("score_fact") >= facts);
    }

    private static void awaitAll(RewardCell cell, Told told) {
        await().atMost(PATIENCE)
                .until(() -> cell.count("score_fact") >= told.rounds() && cell.count("reward_grant") >= told.joins());
    }

    private void assertExact(RewardCell cell, Told told) {
        assertThat(cell.count("score_fact")).as("seed %d", seed).isEqualTo(told.rounds());
        assertThat(cell.count("reward_grant")).as("seed %d", seed).isEqualTo(told.joins());
        var scores = new TreeMap<Long, Told.Sums>();
        for (var row : cell.rows("SELECT player_id, score, version FROM player_score")) {
            scores.put(row.getLong(0), new Told.Sums(row.getLong(1), row.getLong(2)));
        }
        assertThat(scores).as("seed %d", seed).isEqualTo(told.scores());
        assertThat(points(cell)).as("seed %d", seed).isEqualTo(told.points());
    }

    private static Map<Long, Long> points(RewardCell cell) {
        var points = new TreeMap<Long, Long>();
        for (var row : cell.rows("SELECT player_id, points FROM player_points")) {
            points.put(row.getLong(0), row.getLong(1));
        }
        return points;
    }
}
