package io.gamehall.platform.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A program that a test starts, kills and starts again. */
public final class OwnProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final List<String> command;
    private final File log;
    private final BooleanSupplier ready;
    private Process process;

    /** @param ready whether it answers */
    public OwnProcess(List<String> command, Path log, BooleanSupplier ready) {
        this.command = List.copyOf(command);
        this.log = log.toFile();
        this.ready = ready;
    }

    /** {@code java} with flags for short lives. */
    public static List<String> java(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns when it answers. */
    public OwnProcess start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Awaitility.await(log + " tells that it answers").atMost(START_MAX).until(() -> {
            if (!process.isAlive()) throw new AssertionError("It has ended: see " + log);
            return ready.getAsBoolean();
        });
        return this;
    }

    /** As {@code kill -9}. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        if (process != null) kill();
    }
}
