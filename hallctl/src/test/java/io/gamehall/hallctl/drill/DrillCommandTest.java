package io.gamehall.hallctl.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.testing.HallRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillCommandTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "owner-kill --players 0       | --players takes 1 to 5000",
                "owner-kill --seconds 1       | --seconds takes 6 to 300",
                "owner-drain --rooms 0        | --rooms takes 1 to 100",
                "owner-pause --pause 0        | --pause takes 1 to 600",
                "gateway-kill --sitters 0     | --sitters takes 1 to 1000",
                "flood --flood 0              | --flood takes 1 to 120",
                "flood --before 500           | --before takes 1 to 120",
                "flood --rate 0               | --rate takes 1 to 100000",
                "activity-kill --kills 0      | --kills takes 1 to 50",
                "redis-restart --seconds 1    | --seconds takes 6 to 300",
                "kafka-restart --away 500     | --away takes 0 to 120",
                "reward-kill --kills 0        | --kills takes 1 to 50",
                "reward-kill --rate 1         | --rate takes 10 to 20000",
                "db-restart --away 500        | --away takes 0 to 120",
                "poison --piles 0             | --piles takes 1 to 50",
                "owner-faint                  | owner-faint"
            })
    void a_wrong_use_is_told_and_starts_nothing(String arguments, String message) {
        var run = HallRun.ofLine("drill " + arguments + " --data " + data);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains(message).contains("--help").doesNotContain("\tat ");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void help_tells_every_drill_and_its_options() {
        assertThat(HallRun.of("drill", "--help").output())
                .contains("owner-kill", "owner-pause", "owner-drain", "gateway-kill", "flood")
                .contains("activity-kill", "redis-restart", "kafka-restart")
                .contains("reward-kill", "db-restart", "poison");
        assertThat(HallRun.of("drill", "owner-pause", "--help").output())
                .contains("--pause", "--players", "--seed", "--json");
    }
}
