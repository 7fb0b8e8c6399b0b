package io.gamehall.hallctl.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwarmPlanTest {
    private static final Hall SHENZHEN = new Hall("shenzhen-telecom", List.of("127.0.0.1:8080"));
    private static final Hall SICHUAN = new Hall("sichuan-telecom", List.of("127.0.0.1:8090", "127.0.0.1:8091"));

    @Test
    void players_arrive_evenly_over_the_ramp() {
        var plan = plan(200, 1.0, SHENZHEN);
        assertThat(plan.arrival(0)).isEqualTo(Duration.ZERO);
        assertThat(plan.arrival(100)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(plan.arrival(199)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void in_one_cell_nobody_belongs_elsewhere() {
        var plan = plan(10, 1.0, SHENZHEN);
        assertThat(IntStream.range(0, 10))
                .allMatch(number -> plan.asks(number).region().equals(plan.region(number)));
    }

    @Test
    void with_two_cells_half_of_the_players_of_each_belong_to_the_other() {
        var plan = plan(200, 1.0, SHENZHEN, SICHUAN);
        for (var hall : plan.halls()) {
            var strangers = IntStream.range(0, 200)
                    .filter(number -> plan.asks(number).equals(hall))
                    .filter(number -> !plan.region(number).equals(hall.region()))
                    .count();
            assertThat(strangers).isEqualTo(50);
        }
    }

    @Test
    void the_share_of_watchers_is_kept() {
        var half = plan(100, 0.5, SHENZHEN);
        assertThat(IntStream.range(0, 100).filter(half::watches).count()).isEqualTo(50);
        var all = plan(100, 1.0, SHENZHEN);
        assertThat(IntStream.range(0, 100)).allMatch(all::watches);
        var none = plan(100, 0, SHENZHEN);
        assertThat(IntStream.range(0, 100)).noneMatch(none::watches);
    }

    @Test
    void connections_are_shared_so_that_each_carries_few_enough_streams() {
        assertThat(SwarmPlan.connectionsFor(10)).isEqualTo(10);
        assertThat(SwarmPlan.connectionsFor(200)).isEqualTo(64);
        assertThat(SwarmPlan.connectionsFor(20_000)).isEqualTo(800);
    }

    @Test
    void nonsense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> plan(0, 1.0, SHENZHEN));
        assertThatIllegalArgumentException().isThrownBy(() -> plan(20_001, 1.0, SHENZHEN));
        assertThatIllegalArgumentException().isThrownBy(() -> plan(1, 1.1, SHENZHEN));
        assertThatIllegalArgumentException().isThrownBy(() -> plan(1, 1.0));
        assertThatIllegalArgumentException().isThrownBy(() -> Hall.at("localhost"));
    }

    private static SwarmPlan plan(int players, double watchers, Hall... halls) {
        return new SwarmPlan(
                players,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                watchers,
                64,
                "welcome",
                List.of("upgrade"),
                List.of(halls));
    }
}
