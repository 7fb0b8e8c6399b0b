package io.gamehall.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * A real Redis Cluster of three masters on this machine, in place of the one Redis of {@link HallServers}, for tests of
 * a {@code QuarkusTestProfile} that names both resources. It lives as long as the tests that use it: its processes end
 * with this JVM, however that ends.
 */
public final class RedisCluster implements QuarkusTestResourceLifecycleManager {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    /** A master's bus listens this far above its port. */
    private static final int BUS_OFFSET = 10_000;

    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final long POLL_MS = 50;
    /** Ends the server when the input ends, which it does when this JVM is gone. */
    private static final String WATCHED = "\"$@\" & pid=$!; cat > /dev/null; kill -9 $pid";

    private final List<Process> processes = new ArrayList<>();
    private Path data;

    /** After {@link HallServers}, whose Redis it takes the place of. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        // It unpacks the program, if nobody did.
        HallServers.servers();
        try {
            data = Files.createTempDirectory("redis-cluster");
            var ports = new ArrayList<Integer>();
            while (ports.size() < MASTERS) ports.add(launch());
            for (var index = 0; index < MASTERS; index++) assign(ports.get(index), index);
            for (var port : ports) ask(ports.getFirst(), "CLUSTER MEET 127.0.0.1 " + port);
            for (var port : ports) await(port);
            return Map.of(
                    "quarkus.redis.client-type",
                    "cluster",
                    "quarkus.redis.hosts",
                    ports.stream().map(port -> "redis://127.0.0.1:" + port).collect(Collectors.joining(",")));
        } catch (IOException e) {
            stop();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            for (var process : processes) {
                process.getOutputStream().close();
                process.waitFor();
            }
            if (data == null) return;
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a master on a free port; a port that somebody took meanwhile is given up. */
    private int launch() throws IOException {
        while (true) {
            var port = freePort();
            var folder = Files.createDirectory(data.resolve(Integer.toString(port)));
            var process = new ProcessBuilder(
                            "sh",
                            "-c",
                            WATCHED,
                            "sh",
                            program().toString(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--dir",
                            folder.toString(),
                            "--cluster-enabled",
                            "yes",
                            "--save",
                            "")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            if (answers(port, folder)) {
                processes.add(process);
                return port;
            }
            process.getOutputStream().close();
        }
    }

    private static boolean answers(int port, Path folder) throws IOException {
        var deadline = Instant.now().plus(READY_MAX);
        while (Instant.now().isBefore(deadline)) {
            var log = Files.readString(folder.resolve("redis.log"));
            if (log.contains("already in use") || log.contains("Failed listening")) return false;
            if (log.contains("Ready to accept connections")) return true;
            pause();
        }
        throw new IllegalStateException("No Redis on port " + port + ": see " + folder);
    }

    private static void assign(int port, int index) throws IOException {
        var slots = new StringBuilder("CLUSTER ADDSLOTS");
        var from = SLOTS * index / MASTERS;
        var to = SLOTS * (index + 1) / MASTERS;
        for (var slot = from; slot < to; slot++) slots.append(' ').append(slot);
        ask(port, slots.toString());
    }

    private static void await(int port) throws IOException {
        var deadline = Instant.now().plus(READY_MAX);
        while (true) {
            var info = ask(port, "CLUSTER INFO");
            if (info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS)) return;
            if (Instant.now().isAfter(deadline)) throw new IllegalStateException("No cluster: " + info);
            pause();
        }
    }

    /** One command as a line, and the answer: an error is thrown, a bulk is read to its end. */
    private static String ask(int port, String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var line = reader.readLine();
            if (line == null || line.startsWith("-")) throw new IOException(command + ": " + line);
            if (!line.startsWith("$")) return line;
            var bulk = new char[Integer.parseInt(line.substring(1))];
            for (var read = 0; read < bulk.length; ) read += reader.read(bulk, read, bulk.length - read);
            return new String(bulk);
        }
    }

    /** As {@code ./hall} unpacks it. */
    private static Path program() throws IOException {
        var cache = Optional.ofNullable(System.getenv("GAMEHALL_CACHE"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).map(xdg -> Path.of(xdg, "gamehall")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "gamehall"));
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.getFileName().toString().startsWith("redis-server-"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No Redis in " + cache));
        }
    }

    /** Below the range from which systems take the ports of outgoing connections, with its bus' port above it. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 20_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    var bus = new ServerSocket(port + BUS_OFFSET, 1, InetAddress.getLoopbackAddress())) {
                return bus.getLocalPort() - BUS_OFFSET;
            } catch (IOException taken) {
                continue;
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
