package io.gamehall.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.EventReader;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import java.io.IOException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The packaged service, also as a native image: SIGTERM. */
class DrainIT {
    private static final Path TARGET = Path.of("target");
    private static final long FIRST_PLAYER = 14_001;
    private static final int STREAMS = 60;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void calls_are_served_until_the_last_stream_has_been_told_to_go() throws Exception {
        int port = freePort();
        var gateway = start(port);
        try (var client = new Client(port)) {
            await().atMost(START_MAX).until(() -> status(port, "/q/health/ready", "") == 200);
            var streams = LongStream.range(FIRST_PLAYER, FIRST_PLAYER + STREAMS)
                    .mapToObj(player ->
                            EventReader.of(client, TestTickets.player(player), SubscribeRequest.getDefaultInstance()))
                    .toList();
            for (var stream : streams) assertThat(stream.next().hasWelcome()).isTrue();
            streams.forEach(stream -> stream.request(1));
            var token = TestTickets.player(FIRST_PLAYER);

            // SIGTERM.
            gateway.destroy();

            var answers = new ArrayList<Integer>();
            while (streams.stream().anyMatch(stream -> stream.events.size() < 2)) {
                answers.add(status(port, "/api/rooms", token));
                // A session may call a hundred times a second.
                Thread.sleep(PAUSE);
            }
            assertThat(answers).isNotEmpty().containsOnly(200);
            assertThat(streams)
                    .allMatch(stream -> stream.events.getLast().getEnded().getReason() == SessionEnded.Reason.DRAINING);
            gateway.waitFor();
        } finally {
            gateway.destroyForcibly();
        }
    }

    private int status(int port, String path, String token) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(20));
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException unreachable) {
            return 0;
        }
    }

    private static Process start(int port) throws IOException {
        var settings = new HashMap<>(HallServers.servers().config());
        settings.putAll(new GatewaySettings().start());
        settings.put("quarkus.http.port", Integer.toString(port));
        // Time enough between the last stream's end and the end of all, on a busy machine too.
        settings.put("gamehall.outbound.drain-spread", "2s");
        var command = new ArrayList<String>();
        var artifact = new Properties();
        try (var description = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(description);
        }
        var program = TARGET.resolve(artifact.getProperty("path")).toString();
        var options = settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
        if (artifact.getProperty("type").equals("native")) {
            command.add(program);
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-jar", program));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(TARGET.resolve("drain-it.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
