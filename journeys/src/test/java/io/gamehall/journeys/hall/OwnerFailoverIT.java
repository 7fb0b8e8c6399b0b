package io.gamehall.journeys.hall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The drills on owners of rooms, briefly: whatever happens to one of two room-service processes, what players were told
 * stands in the journal, once, and they play on. How long it takes is measured by {@code hall drill}, and not asserted.
 */
class OwnerFailoverIT {
    @Test
    void an_owner_is_killed_and_nothing_that_was_told_is_lost() {
        holds(drill("owner-kill"));
    }

    @Test
    void an_owner_stands_still_comes_back_and_misleads_nobody() {
        var figures = drill("owner-pause", "--pause", "8");

        holds(figures);
        assertThat(figures.path("stale_probes").asInt()).isPositive();
        assertThat(figures.path("stale_wrong").asInt(-1)).as(figures.toString()).isZero();
    }

    @Test
    void an_owner_is_asked_to_stop_and_nothing_that_was_told_is_lost() {
        holds(drill("owner-drain"));
    }

    private static JsonNode drill(String name, String... options) {
        var report = Path.of("target", name + ".json").toAbsolutePath();
        try (var hall = new TestHall(name + "-hall")) {
            var arguments = new ArrayList<>(List.of("drill", name, "--players", "60", "--json", report.toString()));
            // Processes that are warm sooner, and struck sooner: the load goes on through the fault and after it.
            arguments.addAll(List.of("--seconds", "9", "--java-opts", "all=-XX:TieredStopAtLevel=1"));
            arguments.addAll(List.of(options));
            var drill = hall.hallctl(arguments.toArray(String[]::new));
            // The exit code speaks of time, too.
            assertThat(report).as(drill.output()).exists();
            var figures = TestHall.json(report);
            assertThat(figures.path("drill").asText()).isEqualTo(name);
            assertThat(List.of(
                            figures.path("lost").asInt(-1),
                            figures.path("doubled").asInt(-1),
                            figures.path("over_cap").asInt(-1)))
                    .as("lost, doubled, over cap:%n%s", drill.output())
                    .containsExactly(0, 0, 0);
            return figures;
        }
    }

    private static void holds(JsonNode figures) {
        assertThat(figures.path("recovered").asBoolean()).as(figures.toString()).isTrue();
        assertThat(figures.path("acknowledged_after").asInt())
                .as(figures.toString())
                .isPositive();
        assertThat(figures.path("rounds_settled").asInt())
                .as(figures.toString())
                .isPositive();
    }
}
