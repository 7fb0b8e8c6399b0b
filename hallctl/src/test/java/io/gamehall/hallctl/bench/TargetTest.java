package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
    private final Target rate = Target.atLeast("ops_per_s", 15_000, 45_000);
    private final Target latency = Target.atMost("p99_ms", 50, 15);

    @Test
    void a_missed_floor_is_said_plainly() {
        assertThat(rate.verdict(14_999)).isEqualTo("ops_per_s 14,999: FLOOR 15,000 MISSED");
        assertThat(latency.verdict(50.1)).isEqualTo("p99_ms 50.10: FLOOR <= 50 MISSED");
    }

    @Test
    void between_floor_and_goal_the_distance_is_told() {
        assertThat(rate.verdict(22_500))
                .isEqualTo("ops_per_s 22,500: floor 15,000 reached, goal 45,000 not yet (50 % of it)");
        assertThat(latency.verdict(30)).isEqualTo("p99_ms 30: floor <= 50 reached, goal <= 15 not yet (50 % of it)");
    }

    @Test
    void floor_and_goal_are_reached_by_their_very_values() {
        assertThat(rate.verdict(15_000)).contains("floor 15,000 reached");
        assertThat(rate.verdict(45_000)).endsWith("goal 45,000 reached");
        assertThat(latency.verdict(15)).endsWith("goal <= 15 reached");
    }

    @Test
    void a_target_without_a_goal_of_its_own_is_only_a_floor() {
        assertThat(Target.atMost("over_capacity", 0, 0).verdict(0)).isEqualTo("over_capacity 0: floor <= 0 reached");
    }

    @Test
    void what_is_only_aimed_at_can_not_be_missed() {
        assertThat(Target.aimAtMost("kib_per_stream", 12).verdict(24))
                .isEqualTo("kib_per_stream 24: goal <= 12 not yet (50 % of it)");
        assertThat(Target.aimAtMost("kib_per_stream", 12).verdict(10))
                .isEqualTo("kib_per_stream 10: goal <= 12 reached");
    }
}
