package io.gamehall.room.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.owner.SimulatedRegion.Mutation;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random histories of owners that crash, pause, hand over and race over one partition, whose log is compacted. A
 * failing seed is printed; it fails again with {@code -Dsimulation.seed=N}. {@code -Dsimulation.seeds=N} runs more of
 * them.
 */
class PartitionSimulationTest {
    private static final int STEPS = 500;
    private static final int PROCESSES = 3;

    /** Thousands of histories have thousands of hand-overs that fail. */
    @BeforeAll
    static void beQuiet() {
        Logger.getLogger(PartitionOwner.class.getName()).setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        Logger.getLogger(PartitionOwner.class.getName()).setLevel(null);
    }

    @Test
    void what_was_acknowledged_is_true_and_no_rule_is_ever_broken() {
        long first = Long.getLong("simulation.seed", 1);
        int seeds = System.getProperty("simulation.seed") != null ? 1 : Integer.getInteger("simulation.seeds", 2_000);
        long acknowledged = 0;
        long refused = 0;
        long repeated = 0;
        long compacted = 0;
        long handedOver = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            var region = new SimulatedRegion(seed, PROCESSES, Mutation.NONE);
            region.run(STEPS);
            assertThat(region.complaints()).as("seed %d", seed).isEmpty();
            acknowledged += region.acknowledged;
            refused += region.refused;
            repeated += region.repeated;
            compacted += region.compacted;
            handedOver += region.handedOver;
        }
        System.out.printf(
                "%d histories: %d commands acknowledged, %d refused, %d repeated, %d compactions, %d hand-overs%n",
                seeds, acknowledged, refused, repeated, compacted, handedOver);
        if (seeds == 1) return;
        // A simulation in which nothing happens would prove nothing.
        assertThat(acknowledged).isGreaterThan(seeds * 5L);
        assertThat(refused).isGreaterThan(seeds);
        assertThat(repeated).isGreaterThan(seeds / 4L);
        assertThat(compacted).isGreaterThan(seeds / 4L);
        assertThat(handedOver).isGreaterThan(seeds / 4L);
    }

    /** Each of these is a way to build it that looks as if it worked. */
    @ParameterizedTest
    @CsvSource({
        "NO_READ_BACK, Acknowledged but not true",
        "STALE_TERMS_BELIEVED, Read back",
        "NO_REPAIR, Compaction lost the truth"
    })
    void what_makes_it_safe_is_missed_when_it_is_left_out(Mutation mutation, String complaint) {
        for (long seed = 1; seed <= 2_000; seed++) {
            var region = new SimulatedRegion(seed, PROCESSES, mutation);
            region.run(STEPS);
            var found = region.complaints().stream()
                    .filter(it -> it.contains(complaint))
                    .findFirst();
            if (found.isEmpty()) continue;
            System.out.printf("%s: seed %d finds \"%.200s\"%n", mutation, seed, found.get());
            return;
        }
        throw new AssertionError("Nobody noticed: " + mutation);
    }
}
