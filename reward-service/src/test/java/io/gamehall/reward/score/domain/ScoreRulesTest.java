package io.gamehall.reward.score.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.score.domain.ScoreFact.Outcome;
import io.gamehall.reward.score.domain.ScoreFact.Round;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreRulesTest {
    private static final long ALICE = 7;
    private static final long BOB = 8;

    static Stream<Arguments> cases() {
        var earlier = new Score(100, 3, 2, 1, 0, 6);
        return Stream.of(
                Arguments.of("a win", Score.NONE, List.of(won("1", 12)), new Score(12, 1, 0, 0, 0, 1)),
                Arguments.of("a loss goes below 0", Score.NONE, List.of(lost("1", -12)), new Score(-12, 0, 1, 0, 0, 1)),
                Arguments.of("a draw", earlier, List.of(drawn("1")), new Score(100, 3, 2, 2, 0, 7)),
                Arguments.of(
                        "a disputed round only counts as such",
                        earlier,
                        List.of(fact(ALICE, "1", Outcome.DISPUTED, 50)),
                        new Score(100, 3, 2, 1, 1, 7)),
                Arguments.of(
                        "a batch adds up",
                        earlier,
                        List.of(won("1", 10), lost("2", -4), won("3", 5)),
                        new Score(111, 5, 3, 1, 0, 9)),
                Arguments.of(
                        "a fact told twice in a batch counts once",
                        Score.NONE,
                        List.of(won("1", 10), won("1", 10)),
                        new Score(10, 1, 0, 0, 0, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_batch_changes_the_score(String name, Score before, List<ScoreFact> facts, Score after) {
        var key = new ScoreKey(ALICE, "mahjong");

        var settlement = ScoreRules.settle(facts, Map.of(), Map.of(key, before));

        assertThat(settlement.changes()).containsExactly(Map.entry(key, new Settlement.Change(before, after)));
        assertThat(settlement.effects()).hasSameSizeAs(facts);
    }

    @Test
    void each_fact_tells_the_standing_right_after_it() {
        var settlement = ScoreRules.settle(List.of(won("1", 10), lost("2", -4)), Map.of(), Map.of());

        assertThat(settlement.effects())
                .containsExactly(
                        new Effect<>(new Standing(10, 10, 1, 0), true), new Effect<>(new Standing(-4, 6, 1, 1), true));
    }

    @Test
    void a_recorded_fact_changes_nothing_and_tells_what_it_told_before() {
        var told = new Standing(10, 10, 1, 0);

        var settlement = ScoreRules.settle(
                List.of(won("1", 10)),
                Map.of(new FactKey(ALICE, "1"), told),
                Map.of(new ScoreKey(ALICE, "mahjong"), new Score(44, 5, 0, 0, 0, 5)));

        assertThat(settlement.fresh()).isEmpty();
        assertThat(settlement.changes()).isEmpty();
        assertThat(settlement.effects()).containsExactly(new Effect<>(told, false));
    }

    @Test
    void the_same_id_of_another_player_is_another_fact() {
        var settlement =
                ScoreRules.settle(List.of(won("1", 10), fact(BOB, "1", Outcome.LOST, -10)), Map.of(), Map.of());

        assertThat(settlement.fresh()).hasSize(2);
        assertThat(settlement.changes()).hasSize(2);
    }

    @Test
    void a_score_beyond_64_bits_is_refused_rather_than_wrapped() {
        var brimful = new Score(Long.MAX_VALUE, 0, 0, 0, 0, 0);

        assertThatThrownBy(() -> ScoreRules.settle(
                        List.of(won("1", 1)), Map.of(), Map.of(new ScoreKey(ALICE, "mahjong"), brimful)))
                .isInstanceOf(ArithmeticException.class);
    }

    /** Any split into batches and any redelivery comes to the same rows and tells the same. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void splits_and_repeats_make_no_difference(long seed) {
        var random = new Random(seed);
        var facts = IntStream.range(0, 300)
                .mapToObj(id -> fact(
                        1 + random.nextInt(12),
                        "fact-" + id,
                        Outcome.values()[random.nextInt(4)],
                        random.nextInt(2_000) - 1_000))
                .toList();
        var atOnce = new Tables();
        atOnce.settle(facts);

        var piecemeal = new Tables();
        for (var at = 0; at < facts.size(); ) {
            var end = Math.min(facts.size(), at + 1 + random.nextInt(40));
            var batch = new ArrayList<>(facts.subList(at, end));
            // A crash before the commit of offsets: some of what came before comes again, in front.
            if (random.nextInt(3) == 0) batch.addAll(0, facts.subList(Math.max(0, at - random.nextInt(60)), at));
            piecemeal.settle(batch);
            at = end;
        }
        piecemeal.settle(facts);

        assertThat(piecemeal.scores).as("seed %d", seed).isEqualTo(atOnce.scores);
        assertThat(piecemeal.facts).as("seed %d", seed).isEqualTo(atOnce.facts);
    }

    /** What the database would hold. */
    private static final class Tables {
        private final Map<ScoreKey, Score> scores = new TreeMap<>();
        private final Map<FactKey, Standing> facts = new HashMap<>();

        void settle(List<ScoreFact> batch) {
            var settlement = ScoreRules.settle(batch, facts, scores);
            settlement.changes().forEach((key, change) -> scores.put(key, change.after()));
            settlement.fresh().forEach((key, settled) -> facts.put(key, settled.after()));
            for (var index = 0; index < batch.size(); index++) {
                assertThat(settlement.effects().get(index).what())
                        .isEqualTo(facts.get(batch.get(index).key()));
            }
        }
    }

    @Test
    void nonsense_is_no_fact() {
        assertThatThrownBy(() -> fact(0, "1", Outcome.WON, 1)).hasMessageContaining("player_id");
        assertThatThrownBy(() -> fact(1L << 52, "1", Outcome.WON, 1)).hasMessageContaining("player_id");
        assertThatThrownBy(() -> fact(ALICE, "", Outcome.WON, 1)).hasMessageContaining("fact id is missing");
        assertThatThrownBy(() -> fact(ALICE, "a ", Outcome.WON, 1)).hasMessageContaining("visible ASCII");
        assertThatThrownBy(() -> fact(ALICE, "x".repeat(129), Outcome.WON, 1)).hasMessageContaining("128");
        assertThatThrownBy(() -> won("1", 1_000_001)).hasMessageContaining("score");
    }

    private static ScoreFact won(String id, int delta) {
        return fact(ALICE, id, Outcome.WON, delta);
    }

    private static ScoreFact lost(String id, int delta) {
        return fact(ALICE, id, Outcome.LOST, delta);
    }

    private static ScoreFact drawn(String id) {
        return fact(ALICE, id, Outcome.DRAWN, 0);
    }

    private static ScoreFact fact(long player, String id, Outcome outcome, int delta) {
        return new ScoreFact(
                new FactKey(player, id), "mahjong", new Round("mahjong-1", 3, 9), outcome, delta, 1_700_000_000_000L);
    }
}
