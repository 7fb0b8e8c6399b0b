package io.gamehall.hallctl.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private ChildProcess child;

    @AfterEach
    void end() {
        if (child != null) {
            child.stop(Duration.ZERO);
        }
    }

    @Test
    void is_ready_when_its_probe_says_so_and_leaves_nothing_when_stopped() throws Exception {
        start("echo started; touch ready; exec sleep 600", LONG);
        child.awaitReady();
        assertThat(pidFile().alive())
                .map(ProcessHandle::pid)
                .contains(child.id().pid());

        child.stop(LONG);

        assertThat(child.isAlive()).isFalse();
        assertThat(pidFile().path()).doesNotExist();
    }

    @Test
    void one_that_ignores_the_request_is_killed() throws Exception {
        start("trap '' TERM; touch ready; while :; do sleep 1; done", LONG);
        child.awaitReady();

        child.stop(Duration.ofMillis(100));

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void one_that_ends_early_is_told_with_its_exit_code_and_last_lines() throws Exception {
        Files.writeString(folder.resolve("child.log"), "of an earlier run\n");
        start("echo cannot bind; exit 7", LONG);

        assertThatThrownBy(child::awaitReady)
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("cannot bind")
                .hasMessageNotContaining("earlier run");
    }

    @Test
    void one_that_never_gets_ready_is_told() throws Exception {
        start("echo still loading; exec sleep 600", Duration.ofMillis(300));

        assertThatThrownBy(child::awaitReady)
                .hasMessageContaining("not ready within")
                .hasMessageContaining("still loading");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void it_has_a_session_of_its_own_so_the_terminals_signals_do_not_reach_it() throws Exception {
        start("touch ready; exec sleep 600", LONG);
        child.awaitReady();
        var pid = Long.toString(child.id().pid());

        // man 5 proc: after the name come state, parent, process group, session.
        var fields = Files.readString(Path.of("/proc", pid, "stat"))
                .replaceAll(".*\\) ", "")
                .split(" ");

        assertThat(fields[3]).isEqualTo(pid);
    }

    private void start(String script, Duration startMax) throws Exception {
        child = ChildProcess.start(new ChildProcess.Spec(
                "child",
                List.of("/bin/sh", "-c", script),
                Map.of(),
                folder,
                folder.resolve("child.log"),
                pidFile(),
                () -> Files.exists(folder.resolve("ready")),
                startMax));
    }

    private PidFile pidFile() {
        return PidFile.of(folder, "child");
    }
}
