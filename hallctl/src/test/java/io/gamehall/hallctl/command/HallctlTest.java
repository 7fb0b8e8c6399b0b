package io.gamehall.hallctl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.testing.HallRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HallctlTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only=web                     | --only takes `servers`",
                "--replicas lobby=2             | no service 'lobby'",
                "--replicas room=0              | --replicas room=0",
                "--replicas room=99             | --replicas room=99",
                "--rooms 0                      | --rooms takes",
                "--cells A                      | Not a cell name",
                "--cells a,a                    | names a cell twice",
                "--port 70000                   | Not a port: 70000",
                "--service-ports room=x         | --service-ports takes SERVICE=PORT",
                "--service-ports hall=8081      | no service 'hall'",
                "--while-pid 0                  | no process 0",
                "--frobnicate                   | Unknown option: '--frobnicate'"
            })
    void a_wrong_use_of_up_is_told_in_a_line_and_starts_nothing(String arguments, String message) {
        var run = HallRun.ofLine("up --data " + data + " " + arguments);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains(message).contains("--help").hasLineCount(2);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void without_a_hall_the_other_commands_say_so() {
        var folder = data.toString();

        assertThat(HallRun.of("status", "--data", folder).exitCode()).isEqualTo(1);
        assertThat(HallRun.of("status", "--data", folder).output()).contains("No hall");
        assertThat(HallRun.of("down", "--data", folder).exitCode()).isZero();
        assertThat(HallRun.of("logs", "--data", folder, "room").exitCode()).isEqualTo(2);
        assertThat(HallRun.of("prepare", "--data", folder, "--cell", "a").output())
                .contains("No hall runs");
    }

    @Test
    void help_tells_every_command() {
        var run = HallRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("up", "down", "status", "logs", "prepare", "test")
                .doesNotContain("serve-kafka");
    }
}
