package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainHttpTest {
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            clients.add(exchange.getRemoteAddress());
            var known = "Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = "x".repeat(5_000).getBytes();
            exchange.sendResponseHeaders(known ? 201 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void answers_are_read_to_their_end_on_one_connection() throws Exception {
        try (var http = client()) {
            assertThat(http.send("POST", "/a", "good")).isEqualTo(201);
            assertThat(http.send("GET", "/b", "bad")).isEqualTo(401);
            assertThat(http.send("POST", "/c", "good")).isEqualTo(201);
        }

        assertThat(clients).hasSize(1);
    }

    @Test
    void it_connects_again_after_it_was_closed() throws Exception {
        try (var http = client()) {
            assertThat(http.send("GET", "/", "good")).isEqualTo(201);
            http.close();
            assertThat(http.send("GET", "/", "good")).isEqualTo(201);
        }

        assertThat(clients).hasSize(2);
    }

    @Test
    void what_is_no_answer_is_told_apart() {
        assertThatThrownBy(() -> PlainHttp.status("SSH-2.0-OpenSSH")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> PlainHttp.status("")).isInstanceOf(IOException.class);
    }

    private PlainHttp client() {
        return new PlainHttp("127.0.0.1:" + server.getAddress().getPort(), null, Duration.ofSeconds(20));
    }
}
