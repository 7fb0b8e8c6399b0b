package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamehall.room.domain.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesCommandTest {
    @Test
    void equal_parts_of_a_fast_and_a_slow_mix_are_nearer_to_the_slow_one() {
        var runs =
                RulesCommand.figures(Map.of("seats", List.of(1_000.0, 2_000.0), "rounds", List.of(3_000.0, 2_000.0)));

        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).get("ops_per_s")).isCloseTo(1_500, within(0.5));
        assertThat(runs.get(1).get("ops_per_s")).isCloseTo(2_000, within(0.5));
        assertThat(runs.get(0).values().keySet()).containsExactly("ops_per_s", "ops_per_s_rounds", "ops_per_s_seats");
    }

    @Test
    void every_command_of_the_benchmark_is_accepted_again_and_again() {
        var rules = new RulesBenchmark();
        rules.furnish();
        for (int i = 0; i < 1_000; i++) {
            assertThat(rules.seats()).isInstanceOf(Decision.Accepted.class);
            assertThat(rules.members()).isInstanceOf(Decision.Accepted.class);
            assertThat(rules.rounds()).isInstanceOf(Decision.Accepted.class);
        }
    }
}
