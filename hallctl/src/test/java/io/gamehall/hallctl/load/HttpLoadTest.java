package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load against a real HTTP server of another make. */
class HttpLoadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private HttpLines lines;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var who = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + who);
            var refused = who.endsWith("-3");
            var body = (refused ? "{\"code\":\"SOLD_OUT\"}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 409 : 201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        lines = new HttpLines(List.of("127.0.0.1:" + server.getAddress().getPort()), 4);
    }

    @AfterEach
    void stop() {
        lines.close();
        server.stop(0);
    }

    @Test
    void everybody_asks_once_for_each_path_and_the_answers_are_counted_by_status() throws InterruptedException {
        var tally = new HttpLoad(lines, ask(List.of("/a", "/b"), 50)).runClosed(LONG);

        assertThat(asked)
                .hasSize(100)
                .doesNotHaveDuplicates()
                .contains("POST /a Bearer token-0", "POST /b Bearer token-49");
        assertThat(tally.granted()).isEqualTo(98);
        assertThat(tally.others()).isEqualTo(2);
        assertThat(tally.count(409)).isEqualTo(2);
        assertThat(tally.details()).containsEntry("HTTP 409 x2", "{\"code\":\"SOLD_OUT\"}");
    }

    @Test
    void a_paced_load_asks_all_that_falls_due_and_no_more_than_there_is() throws InterruptedException {
        var tally = new HttpLoad(lines, ask(List.of("/a"), 30)).runPaced(LONG, 1_000);

        assertThat(tally.granted() + tally.others()).isEqualTo(30);
        assertThat(tally.unsent()).isZero();
    }

    @Test
    void what_nobody_answers_is_counted_as_cut_off() throws InterruptedException {
        server.stop(0);

        var tally = new HttpLoad(lines, ask(List.of("/a"), 8)).runClosed(LONG);

        assertThat(tally.granted()).isZero();
        assertThat(tally.count(HttpLine.BROKEN)).isEqualTo(8);
    }

    private static HttpLoad.Ask ask(List<String> paths, int players) {
        var tokens = IntStream.range(0, players)
                .mapToObj(player -> ("token-" + player).getBytes(StandardCharsets.US_ASCII))
                .toList();
        return new HttpLoad.Ask("POST", paths, tokens, 201);
    }
}
