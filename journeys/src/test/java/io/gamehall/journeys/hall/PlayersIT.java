package io.gamehall.journeys.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two cells on one laptop, and players who live in them from login to reward. */
class PlayersIT {
    @Test
    void players_of_two_cells_log_in_play_and_are_rewarded() {
        try (var hall = new TestHall("players-hall")) {
            var up = hall.up("--cells", "shenzhen-telecom,north-america", "--rooms", "10");
            assertThat(up.code()).as(up.output()).isZero();
            var report = Path.of("target", "swarm.json").toAbsolutePath();

            var swarm = hall.hallctl("swarm", "--players", "40", "--seconds", "15", "--json", report.toString());

            assertThat(swarm.code()).as(swarm.output()).isZero();
            var figures = TestHall.json(report);
            assertThat(figures.path("errors").asInt()).isZero();
            assertThat(figures.path("logins").asInt()).isEqualTo(40);
            assertThat(figures.path("redirects").asInt()).isPositive();
            assertThat(figures.path("rounds_settled").asInt()).isPositive();
            assertThat(figures.path("joins_accepted").asInt()).isEqualTo(40);
            assertThat(figures.path("rewards_received").asInt()).isEqualTo(40);
            assertThat(figures.path("quick_join_failed_while_free").asInt()).isZero();

            var pids = hall.pids();
            assertThat(hall.hallctl("status").code()).isZero();
            assertThat(hall.hallctl("down").code()).isZero();
            // The supervisor ends last, after it has told that all is stopped.
            await("processes that outlive down").atMost(Duration.ofSeconds(10)).until(() -> alive(pids)
                    .isEmpty());
        }
    }

    static List<Long> alive(List<Long> pids) {
        return pids.stream()
                .filter(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }
}
