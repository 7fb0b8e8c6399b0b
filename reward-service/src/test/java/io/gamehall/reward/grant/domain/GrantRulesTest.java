package io.gamehall.reward.grant.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
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

class GrantRulesTest {
    private static final long ALICE = 7;

    private static final HoldingKey POINTS = HoldingKey.points(ALICE);
    private static final HoldingKey CUPS = new HoldingKey(ALICE, "item", "cup");

    static Stream<Arguments> cases() {
        var fifty = new Balance(50, 2);
        return Stream.of(
                Arguments.of("first points", Map.of(), List.of(points("1", 5)), Map.of(POINTS, new Balance(5, 1))),
                Arguments.of(
                        "points add up",
                        Map.of(POINTS, fifty),
                        List.of(points("1", 5), points("2", 7)),
                        Map.of(POINTS, new Balance(62, 4))),
                Arguments.of(
                        "a join told twice in a batch counts once",
                        Map.of(),
                        List.of(points("1", 5), points("1", 5)),
                        Map.of(POINTS, new Balance(5, 1))),
                Arguments.of(
                        "points are points, whatever they are called",
                        Map.of(POINTS, fifty),
                        List.of(join(ALICE, "1", new Reward("points", "gold", 3)), points("2", 1)),
                        Map.of(POINTS, new Balance(54, 4))),
                Arguments.of(
                        "items and titles are held by name",
                        Map.of(CUPS, new Balance(2, 1)),
                        List.of(item("1", "cup"), item("2", "Cup"), join(ALICE, "3", new Reward("title", "cup", 1))),
                        Map.of(
                                CUPS,
                                new Balance(3, 2),
                                new HoldingKey(ALICE, "item", "Cup"),
                                new Balance(1, 1),
                                new HoldingKey(ALICE, "title", "cup"),
                                new Balance(1, 1))),
                Arguments.of(
                        "what has to be claimed is not held",
                        Map.of(POINTS, fifty),
                        List.of(new JoinFact(
                                new FactKey(ALICE, "1"), "spring", new Reward("points", "points", 9), 1, 2)),
                        Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_batch_changes_what_is_held(
            String name, Map<HoldingKey, Balance> before, List<JoinFact> joins, Map<HoldingKey, Balance> after) {
        var granting = GrantRules.grant(joins, Map.of(), before);

        var written = new TreeMap<HoldingKey, Balance>();
        granting.changes().forEach((key, change) -> written.put(key, change.after()));
        assertThat(written).isEqualTo(after);
        assertThat(granting.effects()).hasSameSizeAs(joins);
    }

    @Test
    void a_recorded_join_changes_nothing_and_tells_the_grant_that_stands() {
        var stands = Grant.of(points("1", 5));

        var granting = GrantRules.grant(List.of(points("1", 99)), Map.of(stands.key(), stands), Map.of());

        assertThat(granting.fresh()).isEmpty();
        assertThat(granting.changes()).isEmpty();
        assertThat(granting.effects()).containsExactly(new Effect<>(stands, false));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void splits_and_repeats_make_no_difference(long seed) {
        var random = new Random(seed);
        var joins = IntStream.range(0, 300)
                .mapToObj(id -> join(
                        1 + random.nextInt(12),
                        "join-" + id,
                        random.nextBoolean()
                                ? new Reward("points", "points", 1 + random.nextInt(100))
                                : new Reward("item", "cup", 1)))
                .toList();
        var atOnce = new Tables();
        atOnce.grant(joins);

        var piecemeal = new Tables();
        for (var at = 0; at < joins.size(); ) {
            var end = Math.min(joins.size(), at + 1 + random.nextInt(40));
            var batch = new ArrayList<>(joins.subList(at, end));
            if (random.nextInt(3) == 0) batch.addAll(0, joins.subList(Math.max(0, at - random.nextInt(60)), at));
            piecemeal.grant(batch);
            at = end;
        }
        piecemeal.grant(joins);

        assertThat(piecemeal.balances).as("seed %d", seed).isEqualTo(atOnce.balances);
        assertThat(piecemeal.grants).as("seed %d", seed).isEqualTo(atOnce.grants);
    }

    private static final class Tables {
        private final Map<HoldingKey, Balance> balances = new TreeMap<>();
        private final Map<FactKey, Grant> grants = new HashMap<>();

        void grant(List<JoinFact> batch) {
            var granting = GrantRules.grant(batch, grants, balances);
            granting.changes().forEach((key, change) -> balances.put(key, change.after()));
            grants.putAll(granting.fresh());
        }
    }

    @Test
    void nonsense_is_no_join() {
        assertThatThrownBy(() -> new Reward("gold", "gold", 1)).hasMessageContaining("reward.kind");
        assertThatThrownBy(() -> new Reward("item", " ", 1)).hasMessageContaining("reward.name");
        assertThatThrownBy(() -> points("1", 0)).hasMessageContaining("reward.amount");
        assertThatThrownBy(() -> points("1", 1_000_000_001)).hasMessageContaining("reward.amount");
    }

    private static JoinFact points(String id, long amount) {
        return join(ALICE, id, new Reward("points", "points", amount));
    }

    private static JoinFact item(String id, String name) {
        return join(ALICE, id, new Reward("item", name, 1));
    }

    private static JoinFact join(long player, String id, Reward reward) {
        return new JoinFact(new FactKey(player, id), "spring", reward, 1_700_000_000_000L, Grant.AT_ONCE);
    }
}
