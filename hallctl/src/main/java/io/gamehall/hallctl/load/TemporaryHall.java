package io.gamehall.hallctl.load;

import io.gamehall.hallctl.command.HallOption;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.process.LogFile;
import io.gamehall.hallctl.process.OwnProgram;
import io.gamehall.hallctl.process.Ports;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Sessions;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.servers.KafkaBroker;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A hall for one measurement: its supervisor is a process of its own that also stops when this one ends, however it
 * ends. Its folder is new and goes with it. May be stopped and started again on the same data.
 */
public final class TemporaryHall implements AutoCloseable {
    /**
     * For the environment: a gateway limits the calls and streams of one address, and a load program's players share
     * the addresses of this machine.
     */
    public static final Map<String, String> LOOPBACK_UNLIMITED = Map.of("GAMEHALL_LIMITS_EXEMPT", "127.0.0.0/8");

    private static final Duration START_MAX = Duration.ofSeconds(180);
    private static final Duration STOP_MAX = Duration.ofSeconds(120);
    private static final long POLL_MS = 50;
    private static final int TAIL_LINES = 25;

    private final HallDirectory directory;
    private final Thread onExit = new Thread(this::stopAndDelete, "temporary-hall-end");
    private Process supervisor;
    private boolean deleted;
    private boolean keeps;

    /**
     * What to start.
     *
     * @param services beside the servers; may be none
     * @param replicas by service, where not 1
     * @param roomsPerGame 0: the service's own default
     * @param javaOptions as of {@code up --java-opts}
     * @param environment added to that of all services
     */
    public record Plan(
            List<Service> services,
            Map<Service, Integer> replicas,
            int roomsPerGame,
            Map<String, String> javaOptions,
            Map<String, String> environment) {
        public Plan {
            services = List.copyOf(services);
            replicas = Map.copyOf(replicas);
            javaOptions = Map.copyOf(javaOptions);
            environment = Map.copyOf(environment);
        }
    }

    /** Makes the folder; starts nothing. */
    public TemporaryHall() throws IOException {
        this(newFolder());
    }

    private static Path newFolder() throws IOException {
        var target = HallOption.repository().resolve("target");
        return Files.isWritable(target)
                ? Files.createTempDirectory(target, "bench-hall-")
                : Files.createTempDirectory("bench-hall-");
    }

    /** In a folder of the caller's choice, in which no hall runs; starts nothing. */
    public TemporaryHall(Path folder) {
        directory = new HallDirectory(folder);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    public HallDirectory directory() {
        return directory;
    }

    /**
     * Starts the hall and waits until all of it is ready.
     *
     * @throws IllegalStateException with the supervisor's last lines, if it does not get ready
     */
    public HallState start(Plan plan) throws IOException {
        launch(plan);
        var until = Instant.now().plus(START_MAX);
        while (true) {
            var state = state();
            if (state.map(HallState::phase)
                    .filter(HallState.Phase.READY::equals)
                    .isPresent()) return state.get();
            if (!supervisor.isAlive()
                    || Instant.now().isAfter(until)
                    || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("The temporary hall did not start:\n" + lastLines());
            }
            Stopper.pause(POLL_MS);
        }
    }

    /** Starts the hall and returns at once; {@link #state()} tells how far it has come. */
    public synchronized void launch(Plan plan) throws IOException {
        if (deleted) throw new IllegalStateException("The temporary hall is being stopped");
        Files.createDirectories(directory.logs());
        new LogFile(directory.supervisorLog()).rotate();
        var builder = new ProcessBuilder(command(plan))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.supervisorLog().toFile()));
        builder.environment().putAll(plan.environment());
        supervisor = builder.start();
    }

    /** What this run of the supervisor has written; empty before it has. */
    public Optional<HallState> state() {
        return HallState.read(directory).filter(state -> state.supervisor().pid() == supervisor.pid());
    }

    /** Stops all of its processes; the data stay. */
    public synchronized void stop() {
        if (supervisor == null) return;
        Stopper.stop(List.of(ProcessId.of(supervisor.toHandle())), STOP_MAX);
        supervisor = null;
    }

    /** Its folder stays when it is stopped. */
    public synchronized void keepData() {
        keeps = true;
    }

    /** Stops it and deletes its folder, unless that is to stay. */
    @Override
    public void close() {
        stopAndDelete();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException ending) {
            // The hook is what runs us, or comes after.
        }
    }

    private synchronized void stopAndDelete() {
        if (deleted) return;
        deleted = true;
        stop();
        if (keeps) return;
        try {
            KafkaBroker.deleteTree(directory.root());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory.root(), e);
        }
    }

    private List<String> command(Plan plan) {
        var command = new ArrayList<>(Sessions.ownSessionPrefix());
        command.addAll(OwnProgram.words(
                List.of(
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dhall.root=" + HallOption.repository(),
                        "-Dhall.detached=true"),
                List.of(
                        "up",
                        "--data",
                        directory.root().toString(),
                        "--while-pid",
                        Long.toString(ProcessHandle.current().pid()),
                        "--only",
                        plan.services().isEmpty()
                                ? "servers"
                                : plan.services().stream().map(Service::label).collect(Collectors.joining(",")))));
        if (plan.services().contains(Service.GATEWAY)) {
            command.addAll(List.of("--port", Integer.toString(new Ports().free())));
        }
        if (plan.roomsPerGame() > 0) {
            command.addAll(List.of("--rooms", Integer.toString(plan.roomsPerGame())));
        }
        if (!plan.replicas().isEmpty()) {
            command.add("--replicas");
            command.add(plan.replicas().entrySet().stream()
                    .map(entry -> entry.getKey().label() + "=" + entry.getValue())
                    .collect(Collectors.joining(",")));
        }
        plan.javaOptions().forEach((what, flags) -> command.addAll(List.of("--java-opts", what + "=" + flags)));
        return command;
    }

    private String lastLines() {
        return String.join("\n", new LogFile(directory.supervisorLog()).tail(TAIL_LINES));
    }
}
