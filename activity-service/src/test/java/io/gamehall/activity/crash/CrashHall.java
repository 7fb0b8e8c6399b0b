package io.gamehall.activity.crash;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.OwnProcess;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import redis.embedded.core.ExecutableProvider;

/**
 * The packaged service, a Redis and a broker, each as a process of one test's own that it may kill; and a cell of its
 * own in the database that all tests share.
 */
final class CrashHall implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    final HallServers.Servers cell = HallServers.freshCell();
    final OwnProcess redis;
    final OwnProcess kafka;
    final OwnProcess service;
    private final Path folder;
    private final int redisPort = OwnProcess.freePort();
    private final int kafkaPort = OwnProcess.freePort();
    private final int port = OwnProcess.freePort();

    /** Everything runs and answers. */
    CrashHall(String name) throws Exception {
        folder = Files.createDirectories(TARGET.resolve("crash-" + name + "-" + cell.cell()));
        redis = new OwnProcess(
                redisCommand(), folder.resolve("redis.log"), () -> redis("PING").equals("+PONG"));
        kafka = new OwnProcess(kafkaCommand(), folder.resolve("kafka.log"), this::kafkaAnswers);
        service = new OwnProcess(serviceCommand(), folder.resolve("service.log"), this::serviceAnswers);
        try {
            start();
        } catch (Exception | AssertionError failure) {
            close();
            throw failure;
        }
    }

    private void start() throws Exception {
        redis.start();
        kafka.start();
        try (var admin = Admin.create(broker())) {
            var topics = Topics.of(cell.cell()).stream()
                    .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                            .configs(topic.settings()))
                    .toList();
            admin.createTopics(topics).all().get();
        }
        service.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Map<String, Object> broker() {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + kafkaPort,
                "request.timeout.ms",
                2_000,
                "default.api.timeout.ms",
                2_000);
    }

    /** Sends a command without arguments; the first line of the answer, or an empty one when there is none. */
    String redis(String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            for (var one = socket.getInputStream().read();
                    one >= 0 && one != '\r';
                    one = socket.getInputStream().read()) {
                answer.append((char) one);
            }
            return answer.toString();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        service.close();
        kafka.close();
        redis.close();
    }

    private boolean serviceAnswers() {
        try {
            var request = HttpRequest.newBuilder(uri("/q/health/ready")).timeout(Duration.ofSeconds(5));
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private boolean kafkaAnswers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), kafkaPort);
                var admin = Admin.create(broker())) {
            admin.describeCluster().nodes().get();
            return socket.isConnected();
        } catch (Exception notYet) {
            return false;
        }
    }

    /** Saves nothing by itself: it comes back empty, or with what it was told to SAVE. */
    private List<String> redisCommand() throws IOException {
        var program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        program.setExecutable(true);
        return List.of(
                program.getPath(),
                "--port",
                Integer.toString(redisPort),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "no");
    }

    private List<String> kafkaCommand() throws IOException {
        var program = TARGET.resolve("../../hallctl/target/dist").normalize();
        return OwnProcess.java(
                "-cp",
                program.resolve("hallctl.jar") + File.pathSeparator + program.resolve("lib") + "/*",
                "io.gamehall.hallctl.Hallctl",
                "serve-kafka",
                "--folder",
                Files.createDirectories(folder.resolve("kafka")).toString(),
                "--port",
                Integer.toString(kafkaPort),
                "--controller-port",
                Integer.toString(OwnProcess.freePort()));
    }

    private List<String> serviceCommand() throws IOException {
        var settings = new LinkedHashMap<>(cell.config());
        settings.put("quarkus.redis.hosts", "redis://127.0.0.1:" + redisPort);
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + kafkaPort);
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("gamehall.joins.publish-timeout", "2S");
        settings.put("gamehall.joins.reopen-grace", "3S");
        return OwnProcess.service(settings);
    }
}
