package io.gamehall.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The hall of servers that all tests of a build share: {@code hallctl up --only servers} on {@code target/test-hall}.
 * Whoever comes first starts it; each build writes its pid there, and the hall stops when none of them lives.
 */
record SharedHall(Path root, Path data, JsonNode state) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT_MAX = Duration.ofMinutes(3);
    private static final Duration START_DRIFT_MAX = Duration.ofSeconds(2);
    private static final long POLL_MS = 50;

    /** Makes sure that it runs for as long as this build does. */
    static SharedHall join() {
        var root = repository();
        var data = root.resolve("target/test-hall");
        try {
            Files.createDirectories(root.resolve("target"));
            try (var channel = FileChannel.open(
                            root.resolve("target/test-hall.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var lock = lock(channel)) {
                register(data);
                var running = awaitSettled(data);
                return new SharedHall(root, data, running.isPresent() ? running.get() : start(root, data));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the servers for tests in " + data, e);
        }
    }

    int port(String name) {
        return state.path("servers").path(name).asInt();
    }

    String databaseUser() {
        return state.path("servers").path("dbUser").asText();
    }

    Path key(String file) {
        return data.resolve("keys").resolve(file);
    }

    String secret(String file) {
        try {
            return Files.readString(key(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the topics and tables of a cell. */
    void prepare(String cell) {
        hallctl(root, "prepare", "--data", data.toString(), "--cell", cell);
    }

    private static JsonNode start(Path root, Path data) throws IOException {
        if (Files.exists(data)) {
            hallctl(root, "down", "--data", data.toString());
            deleteTree(data);
        }
        var builder = Long.toString(builder().pid());
        hallctl(root, "up", "--only", "servers", "--detach", "--data", data.toString(), "--while-pid", builder);
        return read(data).orElseThrow(() -> new IllegalStateException("No hall.json in " + data));
    }

    /** The state of the hall if one is ready; a hall that starts or stops at this moment is waited for. */
    private static Optional<JsonNode> awaitSettled(Path data) {
        var deadline = Instant.now().plus(WAIT_MAX);
        while (true) {
            var alive = read(data).filter(SharedHall::supervisorLives);
            if (alive.isEmpty() || alive.get().path("phase").asText().equals("READY")) {
                return alive;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The servers for tests are neither up nor down: see " + data);
            }
            pause();
        }
    }

    private static Optional<JsonNode> read(Path data) {
        try {
            return Optional.of(JSON.readTree(data.resolve("hall.json").toFile()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static boolean supervisorLives(JsonNode state) {
        var supervisor = state.path("supervisor");
        return ProcessHandle.of(supervisor.path("pid").asLong())
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start -> Duration.between(
                                        start,
                                        Instant.parse(
                                                supervisor.path("startedAt").asText()))
                                .abs()
                                .compareTo(START_DRIFT_MAX)
                        <= 0)
                .isPresent();
    }

    /** The same file as hallctl's {@code up --while-pid} writes. */
    private static void register(Path data) throws IOException {
        var users = data.resolve("run/users");
        Files.createDirectories(users);
        var builder = builder();
        var start = builder.info().startInstant().orElseGet(Instant::now);
        var part = users.resolve(builder.pid() + ".part");
        Files.writeString(part, builder.pid() + " " + start + "\n");
        Files.move(
                part,
                users.resolve(builder.pid() + ".pid"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Maven or the IDE: the nearest JVM above this one; else whatever started us. */
    private static ProcessHandle builder() {
        var self = ProcessHandle.current();
        var ancestors = new ArrayList<ProcessHandle>();
        for (var parent = self.parent();
                parent.isPresent();
                parent = parent.get().parent()) {
            ancestors.add(parent.get());
        }
        return ancestors.stream()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .or(self::parent)
                .orElse(self);
    }

    private static void hallctl(Path root, String... arguments) {
        var dist = root.resolve("hallctl/target/dist");
        if (!Files.exists(dist.resolve("hallctl.jar"))) {
            throw new IllegalStateException(
                    dist + "/hallctl.jar is missing: build it with ./mvnw -Dquick -pl hallctl -am package");
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhall.root=" + root,
                "-cp",
                dist.resolve("hallctl.jar") + ":" + dist.resolve("lib") + "/*",
                "io.gamehall.hallctl.Hallctl"));
        command.addAll(List.of(arguments));
        try {
            var output = Files.createTempFile("hallctl", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exit = process.waitFor();
            var text = Files.readString(output);
            Files.delete(output);
            if (exit != 0) {
                throw new IllegalStateException("hallctl " + String.join(" ", arguments) + " failed:\n" + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The root of the repository: {@code hall.root}, else the folder above us that has the script {@code hall}. */
    private static Path repository() {
        var given = System.getProperty("hall.root");
        if (given != null) {
            return Path.of(given).toAbsolutePath();
        }
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("hall"))) {
                return folder;
            }
        }
        throw new IllegalStateException("Not inside the GameHall repository: no file `hall` above the working folder");
    }

    /** Between processes by the file; between threads and class loaders of this JVM by trying again. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldInThisJvm) {
                pause();
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
