package io.gamehall.hallctl.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.process.PidFile;
import io.gamehall.hallctl.state.HallDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
    @TempDir
    private Path folder;

    private final Children children = new Children();

    @Test
    void services_stop_before_the_servers_that_they_need() throws Exception {
        var order = folder.resolve("order");
        children.start(Children.SERVER_TIER, onEnd("redis", order)).awaitReady();
        children.start(Service.ROOM.ordinal(), onEnd("room", order)).awaitReady();
        children.start(Service.GATEWAY.ordinal(), onEnd("gateway", order)).awaitReady();

        children.stop();

        assertThat(Files.readAllLines(order)).containsExactly("gateway", "room", "redis");
        assertThat(PidFile.in(directory().run())).isEmpty();
        assertThatThrownBy(() -> children.start(0, onEnd("late", order))).isInstanceOf(Children.Stopping.class);
    }

    @Test
    void a_death_is_told_once() throws Exception {
        var child = children.start(0, spec("reward", "touch reward.ready; exec sleep 600"));
        child.awaitReady();
        assertThat(children.newlyDead()).isEmpty();

        child.stop(Duration.ZERO);

        assertThat(children.newlyDead()).containsExactly(child);
        assertThat(children.newlyDead()).isEmpty();
    }

    @Test
    void what_a_killed_supervisor_left_is_cleaned_up_by_its_pid_files() throws Exception {
        var left = children.start(0, spec("gateway", "touch gateway.ready; exec sleep 600"));
        left.awaitReady();

        assertThat(Children.cleanUp(directory())).containsExactly("gateway");

        // Not left.isAlive(): the thread of this JVM that reaps children learns of the end a moment later.
        assertThat(left.id().isAlive()).isFalse();
        assertThat(Children.cleanUp(directory())).isEmpty();
    }

    private ChildProcess.Spec onEnd(String name, Path order) {
        return spec(
                name,
                "trap 'echo " + name + " >> " + order + "; exit 0' TERM; touch " + name
                        + ".ready; while :; do sleep 0.05; done");
    }

    private ChildProcess.Spec spec(String name, String script) {
        return new ChildProcess.Spec(
                name,
                List.of("/bin/sh", "-c", script),
                Map.of(),
                folder,
                directory().log(name),
                directory().pidFile(name),
                () -> Files.exists(folder.resolve(name + ".ready")),
                Duration.ofSeconds(30));
    }

    private HallDirectory directory() {
        return new HallDirectory(folder);
    }
}
