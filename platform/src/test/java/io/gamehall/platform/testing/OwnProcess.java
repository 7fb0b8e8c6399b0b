package io.gamehall.platform.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
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

    /**
     * The packaged service of this module: the native program where there is one.
     *
     * @param settings names and values
     */
    public static List<String> service(Map<String, String> settings) throws IOException {
        var given = settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
        var target = Path.of("target").toAbsolutePath();
        var command = new ArrayList<String>();
        try (var natives = Files.newDirectoryStream(target, "*-runner")) {
            natives.forEach(program -> command.add(program.toString()));
        }
        if (!command.isEmpty()) {
            command.addAll(given);
            return command;
        }
        command.addAll(java(given.toArray(String[]::new)));
        command.addAll(
                List.of("-jar", target.resolve("quarkus-app/quarkus-run.jar").toString()));
        return command;
    }

    /** Below the range from which systems take the ports of outgoing connections. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 20_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
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
