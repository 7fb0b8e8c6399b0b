package io.gamehall.hallctl.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.facts.FactScript.Crowd;
import io.gamehall.hallctl.facts.RewardRows.GrantRow;
import io.gamehall.hallctl.facts.RewardRows.RoundRow;
import io.gamehall.hallctl.facts.RewardRows.Snapshot;
import io.gamehall.v1.GameResult.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactFindingsTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    private final List<LoadFact> told = new ArrayList<>();
    private final List<RoundRow> rounds = new ArrayList<>();
    private final Map<Long, Sums> scores = new HashMap<>();
    private final List<GrantRow> grants = new ArrayList<>();
    private final Map<Long, Sums> points = new HashMap<>();

    @Test
    void rounds_and_joins_that_count_once_are_right() {
        round("r1", ANNA, Outcome.WON, 5);
        round("r2", ANNA, Outcome.DISPUTED_ROUND, 7);
        join("j1", BEN, 10);
        told.add(told.getFirst());
        rounds.add(new RoundRow(ANNA, "r1", RoundFact.GAME, "WON", 5));
        rounds.add(new RoundRow(ANNA, "r2", RoundFact.GAME, "DISPUTED", 0));
        scores.put(ANNA, new Sums(5, 1, 0, 0, 1, 2));
        grants.add(new GrantRow(BEN, "j1", "spring", "points", 10));
        points.put(BEN, Sums.points(10, 1));

        assertThat(findings()).isEqualTo(new FactFindings(List.of(), List.of()));
    }

    @Test
    void an_item_is_granted_without_points() {
        told.add(new JoinFact(BEN, "j1", 1, "spring", "item", 1, 1));
        grants.add(new GrantRow(BEN, "j1", "spring", "item", 1));

        assertThat(findings().isClean()).isTrue();
    }

    @Test
    void a_fact_that_is_not_there_is_lost_and_so_is_its_part_of_the_sum() {
        round("r1", ANNA, Outcome.WON, 5);

        assertThat(findings().lost())
                .hasSize(2)
                .anyMatch(it -> it.contains("r1"))
                .anyMatch(it -> it.contains("score"));
        assertThat(findings().doubled()).isEmpty();
    }

    @Test
    void a_sum_that_has_a_fact_twice_is_doubled() {
        round("r1", ANNA, Outcome.WON, 5);
        rounds.add(new RoundRow(ANNA, "r1", RoundFact.GAME, "WON", 5));
        scores.put(ANNA, new Sums(10, 2, 0, 0, 0, 2));

        assertThat(findings().doubled()).hasSize(1);
        assertThat(findings().lost()).isEmpty();
    }

    @Test
    void a_sum_of_the_right_facts_with_a_wrong_total_is_found() {
        round("r1", ANNA, Outcome.WON, 5);
        rounds.add(new RoundRow(ANNA, "r1", RoundFact.GAME, "WON", 5));
        scores.put(ANNA, new Sums(4, 1, 0, 0, 0, 1));

        assertThat(findings().lost()).hasSize(1);
    }

    @Test
    void a_grant_that_nobody_told_is_doubled() {
        grants.add(new GrantRow(BEN, "j9", "spring", "points", 10));
        points.put(BEN, Sums.points(10, 1));

        assertThat(findings().doubled()).hasSize(2);
    }

    @Test
    void a_fact_with_the_effect_of_another_is_lost() {
        join("j1", BEN, 10);
        grants.add(new GrantRow(BEN, "j1", "spring", "points", 11));
        points.put(BEN, Sums.points(10, 1));

        assertThat(findings().lost()).singleElement().asString().contains("another effect");
    }

    @Test
    void a_script_tells_the_same_fact_under_the_same_number_and_knows_it_by_its_id() {
        var mix = Map.of(FactKind.RESULTS, 1, FactKind.JOINS, 1);
        var script = new FactScript(new Crowd(100, 50, 1.1), "load-1", mix, 7, 1_000);
        var same = new FactScript(new Crowd(100, 50, 1.1), "load-1", mix, 7, 1_000);
        var facts = FactFindings.told(script, 2_000);

        assertThat(facts).isEqualTo(FactFindings.told(same, 2_000));
        assertThat(facts).extracting(LoadFact::id).doesNotHaveDuplicates();
        assertThat(facts).extracting(LoadFact::kind).contains(FactKind.RESULTS, FactKind.JOINS);
        assertThat(facts).allMatch(fact -> fact.player() >= 100 && fact.player() <= 149);
        for (int number = 0; number < facts.size(); number++) {
            assertThat(script.tells(facts.get(number).id())).isTrue();
            assertThat(script.numberOf(facts.get(number).id())).isEqualTo(number);
        }
        assertThat(script.tells("load-12/1/3/4")).isFalse();
    }

    @Test
    void the_first_players_are_the_most_busy() {
        var script = new FactScript(new Crowd(1, 1_000, 1.1), "load", Map.of(FactKind.RESULTS, 1), 7, 1_000);
        var byPlayer = new HashMap<Long, Integer>();
        FactFindings.told(script, 20_000).forEach(fact -> byPlayer.merge(fact.player(), 1, Integer::sum));

        // 1 / sum of 1/r^1.1 over 1,000 ranks is 0.18.
        assertThat(byPlayer.get(1L)).isBetween(3_200, 4_000);
        assertThat(byPlayer.get(2L)).isBetween(1_400, 2_000);
        assertThat(byPlayer).hasSizeGreaterThan(600);
    }

    private FactFindings findings() {
        return FactFindings.of(told, new Snapshot(rounds, scores, grants, points));
    }

    private void round(String id, long player, Outcome outcome, int score) {
        told.add(new RoundFact(player, id, 1, outcome, score, 1));
    }

    private void join(String id, long player, long amount) {
        told.add(new JoinFact(player, id, 1, "spring", "points", amount, 1));
    }
}
