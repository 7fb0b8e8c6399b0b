package io.gamehall.hallctl.command;

import io.gamehall.hallctl.hall.Progress;
import io.gamehall.hallctl.hall.Supervisor;
import io.gamehall.hallctl.process.LogFile;
import io.gamehall.hallctl.process.Sessions;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.servers.Program;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import io.gamehall.hallctl.state.HallState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a supervisor that outlives this terminal, shows what it says until all is ready, and leaves it alone. */
final class Detached {
    private static final long POLL_MS = 150;

    private final HallDirectory directory;

    Detached(HallDirectory directory) {
        this.directory = directory;
    }

    /**
     * @param arguments of the supervisor's own {@code up}
     * @return 0 when all is ready, else 1
     */
    int start(List<String> arguments) throws IOException {
        var lock = directory.tryLock();
        if (lock.isEmpty()) {
            System.out.println(Supervisor.alreadyRuns(directory));
            return 1;
        }
        lock.get().acquiredBy().close();
        var log = new LogFile(directory.supervisorLog());
        log.rotate();
        var supervisor = launch(arguments);
        var start = Instant.now();
        boolean terminal = System.console() != null && System.console().isTerminal();
        while (true) {
            boolean alive = supervisor.isAlive();
            var state =
                    HallState.read(directory).filter(found -> found.supervisor().pid() == supervisor.pid());
            show(log, state, start, terminal);
            if (!alive) {
                return supervisor.exitValue() == 0 ? 0 : 1;
            }
            if (state.map(HallState::phase).filter(Phase.READY::equals).isPresent()) {
                // The table of addresses follows right behind the phase.
                Stopper.pause(POLL_MS);
                show(log, state, start, false);
                return 0;
            }
            Stopper.pause(POLL_MS);
        }
    }

    private Process launch(List<String> arguments) throws IOException {
        var command = new ArrayList<>(Sessions.ownSessionPrefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhall.root=" + HallOption.repository(),
                "-Dhall.detached=true",
                "-cp",
                Program.classPath(directory),
                "io.gamehall.hallctl.Hallctl"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.supervisorLog().toFile()))
                .start();
    }

    private static void show(LogFile log, Optional<HallState> state, Instant start, boolean terminal) {
        var clear = terminal ? "\r\u001b[2K" : "";
        log.newLines().forEach(line -> System.out.println(clear + line));
        if (terminal) {
            var elapsed = Progress.seconds(Duration.between(start, Instant.now()));
            System.out.print(clear + "  ...   " + state.map(HallState::step).orElse("") + " " + elapsed);
        }
        System.out.flush();
    }
}
