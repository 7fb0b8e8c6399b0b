package io.gamehall.hallctl.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that the hall starts and owns: its output goes to its log file, its pid file says what to clean up should
 * its owner be killed. It stands in a session of its own, so that Ctrl-C in a terminal reaches only the supervisor,
 * which then stops all in order.
 */
public final class ChildProcess {
    private static final int TAIL_LINES = 30;
    private static final int TAIL_SEARCHED = 2_000;
    private static final long POLL_MS = 100;
    private static final Duration REAP_MAX = Duration.ofSeconds(5);

    private final Spec spec;
    private final LogFile log;
    private final Process process;
    private final ProcessId id;

    /**
     * What to run.
     *
     * @param name unique in the hall; names its log and pid file
     * @param env added to the environment of this JVM
     * @param startMax how long it may take until its probe says ready
     */
    public record Spec(
            String name,
            List<String> command,
            Map<String, String> env,
            Path directory,
            Path logFile,
            PidFile pidFile,
            Probe probe,
            Duration startMax) {
        public Spec {
            command = List.copyOf(command);
            env = Map.copyOf(env);
        }
    }

    /** The process ended, or was not ready in time. The message has its last log lines. */
    public static final class StartFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartFailed(String message) {
            super(message);
        }
    }

    private ChildProcess(Spec spec, LogFile log, Process process) {
        this.spec = spec;
        this.log = log;
        this.process = process;
        this.id = ProcessId.of(process.toHandle());
    }

    /** Starts it and returns at once; its pid file is written. */
    public static ChildProcess start(Spec spec) throws IOException {
        Files.createDirectories(spec.directory());
        var log = new LogFile(spec.logFile());
        log.rotate();
        var command = new ArrayList<>(Sessions.ownSessionPrefix());
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.logFile().toFile()));
        builder.environment().putAll(spec.env());
        var child = new ChildProcess(spec, log, builder.start());
        spec.pidFile().write(child.id);
        return child;
    }

    /**
     * Waits until it is ready.
     *
     * @throws StartFailed if it ended before, or its time is over (it is then stopped)
     */
    public void awaitReady() throws InterruptedException {
        var deadline = Instant.now().plus(spec.startMax());
        while (!spec.probe().isReady() || !process.isAlive()) {
            if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                spec.pidFile().delete();
                throw new StartFailed(spec.name() + " ended with exit code " + process.exitValue()
                        + " before it was ready. " + lastLines());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new StartFailed(
                        spec.name() + " was not ready within " + spec.startMax().toSeconds() + " s. " + lastLines());
            }
        }
    }

    /** The last lines that this run wrote, under a heading. */
    public String lastLines() {
        return "Last lines of " + log.path() + ":\n    " + String.join("\n    ", telling());
    }

    /** Frames of stack traces would push out the messages that tell what happened. */
    private List<String> telling() {
        var lines = log.tailOfThisRun(TAIL_SEARCHED).stream()
                .filter(line -> !line.matches("\\s+(at |\\.\\.\\. \\d+ more).*"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    }

    /** Stops it (asked, then killed) and removes its pid file. */
    public void stop(Duration grace) {
        Stopper.stop(List.of(id), grace);
        // The system knows before the thread of this JVM that reaps children does.
        process.onExit()
                .completeOnTimeout(process, REAP_MAX.toSeconds(), TimeUnit.SECONDS)
                .join();
        spec.pidFile().delete();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    public ProcessId id() {
        return id;
    }

    public String name() {
        return spec.name();
    }

    public Path logFile() {
        return spec.logFile();
    }
}
