package io.gamehall.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis of a test class's own, that can be killed and comes back empty; and a hall that refuses second logins,
 * with times that suit tests. Its state is in system properties: statics are not shared between class loaders.
 */
public final class OwnRedis implements QuarkusTestResourceLifecycleManager {
    private static final String PROGRAM = "gamehall.testing.redis.program";
    private static final String PORT = "gamehall.testing.redis.port";
    private static final String PID = "gamehall.testing.redis.pid";

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory("own-redis").toFile();
            File program = ExecutableProvider.newJarResourceProvider(folder).get();
            program.setExecutable(true);
            System.setProperty(PROGRAM, program.getPath());
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                System.setProperty(PORT, Integer.toString(free.getLocalPort()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        startEmpty();
        var settings = new HashMap<String, String>();
        settings.put("quarkus.redis.hosts", "redis://127.0.0.1:" + System.getProperty(PORT));
        settings.put("gamehall.session.policy", "refuse");
        settings.put("gamehall.session.live", "3s");
        settings.put("gamehall.session.touch", "500ms");
        settings.put("gamehall.entry.registry-timeout", "300ms");
        return settings;
    }

    /** After the resources whose settings it replaces. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public void stop() {
        kill();
    }

    /** As {@code kill -9}. Returns when the process is gone. */
    public static void kill() {
        var process = ProcessHandle.of(Long.getLong(PID)).orElse(null);
        if (process == null) return;
        process.destroyForcibly();
        try {
            process.onExit().get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    /** It has forgotten everything. Returns when it takes connections. */
    public static void startEmpty() {
        try {
            var process = new ProcessBuilder(
                            System.getProperty(PROGRAM),
                            "--port",
                            System.getProperty(PORT),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            System.setProperty(PID, Long.toString(process.pid()));
            while (!connects()) {
                if (!process.isAlive()) throw new AssertionError("Redis ended at once");
                Thread.onSpinWait();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean connects() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", Integer.getInteger(PORT)), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
