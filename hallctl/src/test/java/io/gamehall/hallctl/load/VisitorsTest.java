package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VisitorsTest {
    @Test
    void who_was_asked_in_a_time_counts_there_however_late_the_answer_comes() throws Exception {
        var arrived = new CountDownLatch(1);
        var answers = new CountDownLatch(1);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var threads = Executors.newCachedThreadPool()) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                arrived.countDown();
                await(answers);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            try (var visitors = new Visitors(
                    "127.0.0.1:" + server.getAddress().getPort(), "welcome", number -> "token-" + number)) {
                var first = visitors.measure();
                visitors.start();
                await(arrived);
                visitors.measure();
                answers.countDown();

                // Not by spinning, which no time-out ends.
                Awaitility.await().until(() -> first.count() > 0);
                assertThat(visitors.errors()).isEmpty();
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void what_was_refused_before_does_not_count_since_then() {
        assertThat(Visitors.since(Map.of("HTTP 503", 2L, "IOException", 1L), Map.of("HTTP 503", 5L, "IOException", 1L)))
                .isEqualTo(Map.of("HTTP 503", 3L));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
