package io.gamehall.hallctl.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path folder;

    private Process sleeper;

    @BeforeEach
    void start() throws Exception {
        sleeper = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() {
        sleeper.destroyForcibly();
    }

    @Test
    void remembers_a_process_until_it_has_ended() throws Exception {
        var file = PidFile.of(folder, "sleeper");
        file.write(ProcessId.of(sleeper.toHandle()));

        assertThat(file.alive()).map(ProcessHandle::pid).contains(sleeper.pid());
        sleeper.destroyForcibly().waitFor();
        assertThat(file.alive()).isEmpty();
    }

    @Test
    void a_stranger_with_the_same_pid_is_neither_found_nor_stopped() {
        var started = ProcessId.of(sleeper.toHandle()).startedAt();
        var earlier = new ProcessId(sleeper.pid(), started.minus(Duration.ofMinutes(5)));
        var file = PidFile.of(folder, "stranger");
        file.write(earlier);

        assertThat(file.alive()).isEmpty();
        assertThat(Stopper.stop(List.of(earlier), Duration.ZERO)).isEmpty();
        assertThat(sleeper.isAlive()).isTrue();
    }

    @Test
    void a_file_that_a_crash_cut_off_names_nobody() throws Exception {
        Files.writeString(folder.resolve("a.pid"), "");
        Files.writeString(folder.resolve("b.pid"), Long.toString(sleeper.pid()));
        Files.writeString(folder.resolve("c.pid"), sleeper.pid() + " 2026-");

        assertThat(PidFile.in(folder)).hasSize(3).allSatisfy(file -> assertThat(file.alive())
                .isEmpty());
    }

    @Test
    void a_missing_folder_has_no_files() {
        assertThat(PidFile.in(folder.resolve("none"))).isEmpty();
    }
}
