package io.gamehall.hallctl.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.state.HallState.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HallStateTest {
    @TempDir
    private Path folder;

    @Test
    void what_was_written_is_read() {
        var directory = new HallDirectory(folder);
        var state = state();

        state.write(directory);

        assertThat(HallState.read(directory)).contains(state);
        assertThat(HallState.read(directory).orElseThrow().supervisorLives()).isTrue();
    }

    @Test
    void a_folder_without_a_hall_has_no_state() {
        assertThat(HallState.read(new HallDirectory(folder))).isEmpty();
    }

    @Test
    void a_file_of_another_version_counts_as_none() throws Exception {
        Files.writeString(folder.resolve("hall.json"), "{\"phase\":\"DANCING\"}");
        assertThat(HallState.read(new HallDirectory(folder))).isEmpty();
        Files.writeString(folder.resolve("hall.json"), "{}");
        assertThat(HallState.read(new HallDirectory(folder))).isEmpty();
        Files.writeString(folder.resolve("hall.json"), "{\"phase\"");
        assertThat(HallState.read(new HallDirectory(folder))).isEmpty();
    }

    @Test
    void only_one_process_may_run_a_folder() {
        var directory = new HallDirectory(folder);

        assertThat(directory.tryLock()).isPresent();
        assertThat(directory.tryLock()).isEmpty();
    }

    private HallState state() {
        var self = HallState.Proc.of(ProcessId.of(ProcessHandle.current()));
        return new HallState(
                Phase.READY,
                "",
                self,
                folder.resolve("keys").toString(),
                new HallState.Servers(1, 2, 3, 4, "gamehall"),
                List.of(new HallState.Cell("shenzhen-telecom", 1, Map.of("room", List.of(5, 6)))),
                List.of(new HallState.Running("kafka", self, "127.0.0.1:1", "kafka://127.0.0.1:1", "kafka.log")));
    }
}
