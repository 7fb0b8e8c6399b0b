package io.gamehall.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.RawClient;
import io.gamehall.gateway.testing.WebClient;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class ConnectionSweepTest {
    private static final int WAIT_MAX_MS = 60_000;
    private static final String HALF_SENT = "POST /api/login HTTP/1.1\r\nhost: hall.test\r\n"
            + "content-type: application/json\r\ncontent-length: 100\r\n\r\n{";

    private final MeterRegistry metrics;
    private final Vertx vertx;

    ConnectionSweepTest(MeterRegistry metrics, Vertx vertx) {
        this.vertx = vertx;
        this.metrics = metrics;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /api/rooms HT",
                "GET /api/rooms HTTP/1.1\r\nhost: hall.test\r\nx-slow: ",
                HALF_SENT,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
            })
    void a_connection_that_is_held_and_not_used_is_closed(String sent) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Client.port())) {
            socket.setSoTimeout(WAIT_MAX_MS);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(readToEnd(socket)).isTrue();
        }
    }

    /** 127.0.0.1 is not counted in these tests, being exempt and a proxy. */
    @Test
    void an_address_holds_so_many_connections_at_once() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < GatewaySettings.ADDRESS_CONNECTIONS_MAX; i++) {
                held.add(connect("127.0.0.77"));
                assertThat(ask(held.getLast())).startsWith("HTTP/1.1 200");
            }
            try (var oneTooMany = connect("127.0.0.77");
                    var ofHttp2 = new RawClient(vertx, "127.0.0.77");
                    var another = connect("127.0.0.78")) {
                assertThat(ask(oneTooMany)).isEmpty();
                assertThat(ofHttp2.outcome("/api/login", Map.of())).isIn("StreamResetException", "HttpClosedException");
                assertThat(ask(another)).startsWith("HTTP/1.1 200");
            }
            for (var socket : held) assertThat(ask(socket)).startsWith("HTTP/1.1 200");

            held.removeLast().close();
            await().atMost(Duration.ofMillis(WAIT_MAX_MS)).until(() -> {
                try (var next = connect("127.0.0.77")) {
                    return ask(next).startsWith("HTTP/1.1 200");
                }
            });
        } finally {
            for (var socket : held) socket.close();
        }
    }

    /** Nothing was asked, so it is when it is looked at that it shows to be one too many, long before it is idle. */
    @Test
    void a_connection_too_many_that_asks_nothing_is_closed() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < GatewaySettings.ADDRESS_CONNECTIONS_MAX; i++) {
                held.add(connect("127.0.0.79"));
                assertThat(ask(held.getLast())).startsWith("HTTP/1.1 200");
            }
            double closed = closedForAddress();
            try (var silent = connect("127.0.0.79")) {
                assertThat(readToEnd(silent)).isTrue();
            }
            assertThat(closedForAddress()).isEqualTo(closed + 1);
        } finally {
            for (var socket : held) socket.close();
        }
    }

    private double closedForAddress() {
        return metrics.counter("gamehall.connections.closed", "cause", "address")
                .count();
    }

    private static Socket connect(String from) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Client.port(), InetAddress.getByName(from), 0);
        socket.setSoTimeout(WAIT_MAX_MS);
        return socket;
    }

    /** The first bytes of the answer; none if the connection closes instead. */
    private static String ask(Socket socket) throws IOException {
        try {
            socket.getOutputStream()
                    .write("GET /api/route HTTP/1.1\r\nhost: hall.test\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            var answer = new byte[4_096];
            int read = socket.getInputStream().read(answer);
            return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void dribbling_does_not_help() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Client.port())) {
            socket.setSoTimeout(100);
            socket.getOutputStream().write("GET /".getBytes(StandardCharsets.ISO_8859_1));
            boolean open = true;
            for (int i = 0; open && i < WAIT_MAX_MS / 100; i++) {
                open = dribble(socket);
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void streams_on_which_nothing_happens_stay() throws Exception {
        var ended = new AtomicReference<Object>();
        var welcomed = new CountDownLatch(1);
        try (var client = new Client();
                var browser = new WebClient(Version.HTTP_1_1)) {
            client.eventsAsync(TestTickets.player(9_901))
                    .subscribe(SubscribeRequest.getDefaultInstance(), new StreamObserver<>() {
                        @Override
                        public void onNext(Event event) {
                            welcomed.countDown();
                        }

                        @Override
                        public void onError(Throwable failure) {
                            ended.set(failure);
                        }

                        @Override
                        public void onCompleted() {
                            ended.set("completed");
                        }
                    });
            welcomed.await();
            var stream = browser.stream(
                    "/gamehall.v1.EventService/Subscribe",
                    "application/grpc-web+proto",
                    SubscribeRequest.getDefaultInstance(),
                    TestTickets.player(9_902));
            assertThat(Event.parseFrom(stream.next()).hasWelcome()).isTrue();

            // Begun later than both, and yet ended first.
            a_connection_that_is_held_and_not_used_is_closed(HALF_SENT);

            assertThat(ended.get()).isNull();
            assertThat(metrics.get("gamehall.web.open").gauge().value()).isPositive();
        }
    }

    private static boolean dribble(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }

    private static boolean readToEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }
}
