package io.gamehall.hallctl.servers;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.state.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka in a JVM of its own: {@code hallctl serve-kafka}. */
public record Kafka(Launch launch, Credentials credentials, int port, int controllerPort) {
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

    /** How to start it. */
    public ChildProcess.Spec spec() throws IOException {
        var folder = launch.directory().server("kafka");
        Files.createDirectories(folder);
        var command = new ArrayList<>(launch.java("kafka", FLAGS));
        command.addAll(List.of(
                "-cp",
                Program.classPath(launch.directory()),
                "io.gamehall.hallctl.Hallctl",
                "serve-kafka",
                "--folder",
                folder.toString(),
                "--port",
                Integer.toString(port),
                "--controller-port",
                Integer.toString(controllerPort)));
        var probe = Probes.of(URI.create("kafka://127.0.0.1:" + port), credentials);
        return launch.spec("kafka", command, Map.of(), launch.directory().root(), probe, START_MAX);
    }
}
