package io.gamehall.journeys.hall;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A whole hall as a user has it, driven by the program that {@code ./hall} runs, and a client of its REST API. */
final class TestHall implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration COMMAND_MAX = Duration.ofMinutes(5);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path root = Path.of(System.getProperty("hall.root", ".."));
    private final Path data;
    private final int port;

    /** A hall in a new folder below this module's target folder; nothing runs yet. */
    TestHall(String name) {
        data = Path.of("target", name).toAbsolutePath();
        delete(data);
        port = freePort();
    }

    /** What a command of hallctl printed, and how it ended. */
    record Outcome(int code, String output) {}

    /** Starts it; what ran is the result. */
    Outcome up(String... options) {
        var arguments = new ArrayList<>(List.of("up", "--detach", "--port", Integer.toString(port)));
        arguments.addAll(List.of(options));
        return hallctl(arguments.toArray(String[]::new));
    }

    Outcome hallctl(String... arguments) {
        var dist = root.resolve("hallctl/target/dist");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhall.root=" + root.toAbsolutePath().normalize(),
                "-cp",
                dist.resolve("hallctl.jar") + File.pathSeparator + dist.resolve("lib") + "/*",
                "io.gamehall.hallctl.Hallctl"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        try {
            var log = Files.createTempFile("hallctl", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
            var outcome = new Outcome(process.waitFor(), Files.readString(log));
            Files.delete(log);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** {@code hall.json}. */
    JsonNode state() {
        return json(data.resolve("hall.json"));
    }

    /** The pids of the supervisor and of all its children. */
    List<Long> pids() {
        var pids = new ArrayList<Long>();
        pids.add(state().at("/supervisor/pid").asLong());
        state().path("processes")
                .forEach(child -> pids.add(child.at("/process/pid").asLong()));
        return pids;
    }

    /** The base URL of a service of the first cell. */
    String url(String service) {
        return "http://127.0.0.1:"
                + state().at("/cells/0/services/" + service + "/0").asInt();
    }

    int port() {
        return port;
    }

    /** {@code host:port} of a service's replica; all are counted from 0. */
    String address(int cell, String service, int replica) {
        return "127.0.0.1:"
                + state().at("/cells/" + cell + "/services/" + service + "/" + replica)
                        .asInt();
    }

    /** {@code kill -9} to the service at an address; returns when it has ended. */
    void killAt(String address) {
        var pid = processAt(address).at("/process/pid").asLong();
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Has the services that were killed started again; returns when all are ready. */
    void reviveAll() {
        for (var killed : elements(state().path("processes"))) {
            if (!isDead(killed)) continue;
            var address = killed.path("address").asText();
            try {
                Files.createDirectories(data.resolve("run/again"));
                Files.createFile(
                        data.resolve("run/again").resolve(killed.path("name").asText()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            await(address + " runs again").atMost(COMMAND_MAX).until(() -> isReady(processAt(address)));
        }
    }

    private JsonNode processAt(String address) {
        return elements(state().path("processes")).stream()
                .filter(process -> process.path("address").asText().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isDead(JsonNode process) {
        return ProcessHandle.of(process.at("/process/pid").asLong())
                .filter(ProcessHandle::isAlive)
                .isEmpty();
    }

    private static boolean isReady(JsonNode process) {
        if (isDead(process)) return false;
        try {
            var health = URI.create(process.path("health").asText());
            var request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Calls the REST API; fails unless the answer has one of the statuses. */
    JsonNode call(String method, String url, String token, String body, Integer... statuses) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(30))
                    .header("content-type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!token.isEmpty()) request.header("authorization", "Bearer " + token);
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (!List.of(statuses).contains(answer.statusCode())) {
                throw new AssertionError(method + " " + url + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url, e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Stops it, whatever is left of it. */
    @Override
    public void close() {
        hallctl("down");
    }

    /** A port of this machine that nobody uses now. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
