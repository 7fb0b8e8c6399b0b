package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gamehall.hallctl.Hallctl;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FloodProcessTest {
    private static final Player PLAYER = new Player(7, 0, "room-1", "a-token");

    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/activities/", exchange -> {
            var token = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestURI().getPath() + " " + token);
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        address = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void it_floods_as_often_as_it_is_told_to_and_tells_what_became_of_it() throws Exception {
        ProcessHandle handle;
        try (var flood = new FloodProcess(address, address, PLAYER)) {
            handle = flood.handle();
            assertThat(handle.pid()).isNotEqualTo(ProcessHandle.current().pid());
            for (int time = 0; time < 2; time++) {
                asked.clear();
                flood.start(50, 50);
                awaitAsked("/api/activities/welcome/joins Bearer a-token");
                awaitAsked("/api/activities/unknown-4 Bearer a-token");
                var sent = flood.stop();

                assertThat(sent.number()).isPositive();
                assertThat(sent.answers()).containsKeys("join: HTTP 404", "unknown: HTTP 404");
            }
        }
        assertThat(handle.isAlive()).isFalse();
    }

    @Test
    void it_ends_with_whoever_tells_it_what_to_do() {
        var in = System.in;
        try {
            System.setIn(new ByteArrayInputStream(new byte[0]));
            int exitCode = Hallctl.commandLine()
                    .execute("flooder", "--gateway=" + address, "--activity=" + address, "--player=7", "--room=a");
            assertThat(exitCode).isZero();
        } finally {
            System.setIn(in);
        }
        assertThat(asked).isEmpty();
    }

    private void awaitAsked(String wanted) throws InterruptedException {
        for (var next = asked.poll(60, TimeUnit.SECONDS); ; next = asked.poll(60, TimeUnit.SECONDS)) {
            assertThat(next).as("nobody asked for %s", wanted).isNotNull();
            if (next.equals(wanted)) return;
        }
    }
}
