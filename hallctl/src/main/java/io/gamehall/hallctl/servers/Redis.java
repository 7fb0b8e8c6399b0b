package io.gamehall.hallctl.servers;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.state.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** Redis from the embedded-redis artifact, as our own child, with an append-only file. */
public record Redis(Launch launch, Credentials credentials, int port) {
    private static final Duration START_MAX = Duration.ofMinutes(1);

    /** Unpacks the program if needed; then how to start it. */
    public ChildProcess.Spec spec() throws IOException {
        var folder = launch.directory().server("redis");
        var command = List.of(
                unpacked().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--protected-mode",
                "no",
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                // The append-only file has everything; a snapshot beside it would only cost.
                "--save",
                "",
                // To write the file anew is to fork, and costs seconds of a processor: not for little.
                "--auto-aof-rewrite-min-size",
                "256mb",
                "--rdbcompression",
                "no",
                "--maxmemory-policy",
                "noeviction");
        var probe = Probes.of(URI.create("redis://127.0.0.1:" + port), credentials);
        return launch.spec("redis", command, Map.of(), folder, probe, START_MAX);
    }

    /** The program, unpacked once; named after the artifact, so that another version is unpacked anew. */
    private Path unpacked() throws IOException {
        var jar = Path.of(ExecutableProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getFileName();
        var program = launch.cache().resolve("redis-server-" + jar);
        if (!Files.exists(program)) {
            Files.createDirectories(launch.cache());
            var folder = Files.createTempDirectory(launch.cache(), "redis.part-");
            var file = ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .toPath();
            file.toFile().setExecutable(true);
            Files.move(file, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            KafkaBroker.deleteTree(folder);
        }
        return program;
    }
}
