package io.gamehall.room.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random histories of owners that crash, pause and race over one partition. A failing seed is printed; it fails again
 * with {@code -Dsimulation.seed=N}. {@code -Dsimulation.seeds=N} runs more of them.
 */
class PartitionSimulationTest {
    private static final int STEPS = 400;

    @Test
    void what_was_acknowledged_is_true_and_no_rule_is_ever_broken() {
        long first = Long.getLong("simulation.seed", 1);
        int seeds = System.getProperty("simulation.seed") != null ? 1 : Integer.getInteger("simulation.seeds", 2_000);
        int acknowledged = 0;
        int refused = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            var region = new SimulatedRegion(seed, 3);
            region.run(STEPS);
            assertThat(region.complaints()).as("seed %d", seed).isEmpty();
            acknowledged += region.acknowledged;
            refused += region.refused;
        }
        // A simulation in which nothing happens would prove nothing.
        assertThat(acknowledged).isGreaterThan(seeds * 5);
        assertThat(refused).isGreaterThan(seeds);
    }
}
