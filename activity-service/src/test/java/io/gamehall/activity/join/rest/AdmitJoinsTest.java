package io.gamehall.activity.join.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.gamehall.activity.degrade.Switch;
import io.gamehall.activity.degrade.SwitchStore;
import io.gamehall.activity.degrade.Switches;
import io.gamehall.activity.join.JoinMeters;
import io.gamehall.activity.join.JoinSettings;
import io.gamehall.v1.ActivityServiceGrpc;
import io.gamehall.v1.JoinActivityReply;
import io.gamehall.v1.JoinActivityRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door by itself, before a server that answers when the test says so. */
class AdmitJoinsTest {
    private static final String JOINS = "/api/activities/any/joins";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Switch> thrown = new CopyOnWriteArrayList<>();
    private final List<RoutingContext> inside = new CopyOnWriteArrayList<>();
    private final Switches switches = new Switches(new Store(), vertx);
    private int port;
    private ManagedChannel channel;

    @BeforeEach
    void open() {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(JoinSettings.class)
                .withDefaultValue("gamehall.joins.in-flight-min", "2")
                .withDefaultValue("gamehall.joins.in-flight-max", "2")
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(JoinSettings.class);
        var door = new AdmitJoins(switches, new JoinMeters(registry), settings);
        var router = Router.router(vertx);
        router.route().handler(door::admit);
        router.route().handler(inside::add);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        http.shutdownNow();
        channel.shutdownNow();
    }

    @Test
    void who_would_have_to_wait_is_turned_away_until_somebody_leaves() {
        var one = post(JOINS);
        var two = post(JOINS);
        Awaitility.await().until(() -> inside.size() == 2);

        var third = post(JOINS).join();

        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.body()).contains("\"code\":\"OVERLOADED\"");
        assertThat(third.headers().firstValue("retry-after")).contains("1");
        assertThat(third.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(registry.counter("gamehall.activity.shed").count()).isEqualTo(1);
        assertThat(registry.get("gamehall.activity.in.flight").gauge().value()).isEqualTo(2);
        inside.removeFirst().response().end("done");
        CompletableFuture.anyOf(one, two).join();
        var fourth = post(JOINS);
        Awaitility.await().until(() -> inside.size() == 2);
        inside.forEach(call -> call.response().end("done"));
        assertThat(one.join().statusCode()).isEqualTo(200);
        assertThat(two.join().statusCode()).isEqualTo(200);
        assertThat(fourth.join().statusCode()).isEqualTo(200);
    }

    @Test
    void joins_over_grpc_pass_the_same_door() throws Exception {
        var one = grpc();
        var two = post(JOINS);
        Awaitility.await().until(() -> inside.size() == 2);

        var refused = refusal(grpc());

        var status = StatusProto.fromThrowable(refused);
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("OVERLOADED");
        assertThat(status.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isEqualTo(1);
        assertThat(post(JOINS).join().statusCode()).isEqualTo(503);
        one.cancel(true);
        Awaitility.await()
                .until(() -> registry.get("gamehall.activity.in.flight").gauge().value() == 1);
        grpc();
        Awaitility.await().until(() -> inside.size() == 3);
        assertThat(two).isNotDone();
    }

    @Test
    void who_goes_away_leaves_a_place() {
        post(JOINS);
        post(JOINS);
        Awaitility.await().until(() -> inside.size() == 2);

        inside.getFirst().request().connection().close();

        Awaitility.await()
                .until(() -> registry.get("gamehall.activity.in.flight").gauge().value() == 1);
        post(JOINS);
        Awaitility.await().until(() -> inside.size() == 3);
    }

    @Test
    void nothing_else_is_turned_away() {
        post(JOINS);
        post(JOINS);
        Awaitility.await().until(() -> inside.size() == 2);

        post("/api/activities");
        post("/api/activities/joins/pause");
        send(HttpRequest.newBuilder(uri(JOINS + "/me")).GET());

        Awaitility.await().until(() -> inside.size() == 5);
    }

    @Test
    void there_is_no_way_around_it() {
        post(JOINS);
        post(JOINS);
        Awaitility.await().until(() -> inside.size() == 2);

        assertThat(post(JOINS + "/").join().statusCode()).isEqualTo(503);
        assertThat(post(JOINS + ";x=1").join().statusCode()).isEqualTo(503);
        assertThat(post(JOINS + "/;x=1").join().statusCode()).isEqualTo(503);
        assertThat(post(JOINS + ";x=1/;y/;z/").join().statusCode()).isEqualTo(503);
        assertThat(post(JOINS + "?ordinal=1").join().statusCode()).isEqualTo(503);
        assertThat(post("/api/activities/any/join%73").join().statusCode()).isEqualTo(503);
        assertThat(post("/api/activities/any/./joins").join().statusCode()).isEqualTo(503);
    }

    @Test
    void a_path_that_nobody_can_read_is_left_to_the_router() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            var request = "POST /api/%zz/joins HTTP/1.1\r\nhost: here\r\ncontent-length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            Awaitility.await().until(() -> inside.size() == 1);
        }
    }

    @Test
    void nobody_is_let_in_while_joins_are_switched_off() {
        thrown.add(new Switch(Switches.JOINS, "test", 1, 1));
        switches.read().await().indefinitely();

        var refused = post(JOINS).join();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"ACTIVITY_SUSPENDED\"");
        assertThat(refused.headers().firstValue("retry-after")).contains("5");
        assertThat(refusal(grpc()).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        thrown.clear();
        switches.read().await().indefinitely();
        post(JOINS);
        Awaitility.await().until(() -> inside.size() == 1);
    }

    private ListenableFuture<JoinActivityReply> grpc() {
        return ActivityServiceGrpc.newFutureStub(channel).join(JoinActivityRequest.getDefaultInstance());
    }

    private static StatusRuntimeException refusal(Future<?> call) {
        var failure = catchThrowableOfType(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
        assertThat(failure).as("the call is refused").isNotNull();
        return (StatusRuntimeException) failure.getCause();
    }

    private CompletableFuture<HttpResponse<String>> post(String path) {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(
                request.timeout(Duration.ofSeconds(30))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private final class Store implements SwitchStore {
        @Override
        public Uni<List<Switch>> thrown() {
            return Uni.createFrom().item(() -> List.copyOf(thrown));
        }

        @Override
        public Uni<Void> put(Switch one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> remove(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
