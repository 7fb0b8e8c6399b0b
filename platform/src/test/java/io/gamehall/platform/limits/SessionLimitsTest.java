package io.gamehall.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits before a server that answers everything, on a clock that stands still: nothing is forgiven or refilled. */
class SessionLimitsTest {
    private static final String FLOODER = "Bearer header.claims.signature-of-one";
    private static final String OTHER = "Bearer header.claims.signature-of-two";
    private static final int BURST = 2;
    private static final int AT_ONCE = 3;
    private static final int SESSION_MAX = 4;
    private static final String FOR_EVER = "1H";
    private static final long WAIT_MAX_S = 30;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger served = new AtomicInteger();
    private final List<Long> goneAway = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private SessionLimits limits;
    private boolean ofOneClient = true;
    private int port;
    private HttpClient http1;
    private HttpClient http2;

    private record Answer(int status, Map<String, String> headers, String body) {
        String code() {
            return new JsonObject(body).getString("code");
        }
    }

    @BeforeEach
    void open() {
        var router = Router.router(vertx);
        router.route().handler(call -> {
            if (limits.admit(call, () -> ofOneClient)) call.next();
        });
        router.route().handler(call -> {
            served.incrementAndGet();
            call.response().end("served");
        });
        port = join(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
        http1 = client(HttpVersion.HTTP_1_1);
        http2 = client(HttpVersion.HTTP_2);
    }

    @AfterEach
    void close() {
        if (limits != null) limits.close();
        join(vertx.close());
    }

    @Test
    void the_first_refusals_come_at_once_and_the_next_is_held_while_others_are_served() {
        limits("time", FOR_EVER);

        exhaust(http1);
        var held = get(http1, FLOODER);
        await().until(() -> held() == 1);

        assertThat(join(get(http1, OTHER)).body()).isEqualTo("served");
        assertThat(held).isNotDone();
        limits.letGo();
        assertThat(join(held).status()).isEqualTo(429);
        assertThat(join(held).code()).isEqualTo("TOO_FAST");
        assertThat(join(held).headers())
                .containsEntry("retry-after", "1")
                .containsEntry("content-type", "application/problem+json");
        assertThat(held()).isZero();
        assertThat(refused()).isEqualTo(AT_ONCE + 1);
        assertThat(served).hasValue(BURST + 1);
    }

    @Test
    void a_held_answer_comes_when_its_time_is_over() {
        limits("time", "PT0.3S");
        exhaust(http1);

        long asked = System.nanoTime();
        var answer = join(get(http1, FLOODER));

        assertThat(answer.code()).isEqualTo("TOO_FAST");
        assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(290));
        assertThat(held()).isZero();
        // It counts no more: there is place for as many as before.
        assertThat(join(get(http1, FLOODER)).code()).isEqualTo("TOO_FAST");
    }

    @Test
    void calls_of_grpc_are_refused_in_the_way_of_grpc() throws Exception {
        limits("time", FOR_EVER);
        exhaust(http2);

        var held = send(http2, HttpMethod.POST, FLOODER, "application/grpc");
        await().until(() -> held() == 1);
        limits.letGo();

        var answer = join(held);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("grpc-status", "8")
                .containsEntry("content-type", "application/grpc");
        var status = com.google.rpc.Status.parseFrom(
                Base64.getDecoder().decode(answer.headers().get("grpc-status-details-bin")));
        assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("TOO_FAST");
        assertThat(status.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isEqualTo(1);
    }

    @Test
    void with_one_more_the_connection_of_http_1_is_closed_after_the_answer() {
        limits("time", FOR_EVER);
        exhaust(http1);
        var waiting = hold(http1, SESSION_MAX);
        int before = closed.get();

        var answer = join(get(http1, FLOODER));

        assertThat(answer.code()).isEqualTo("TOO_FAST");
        assertThat(answer.headers()).containsEntry("connection", "close");
        await().until(() -> closed.get() == before + 1);
        assertThat(cut()).isEqualTo(1);
        assertThat(held()).isEqualTo(SESSION_MAX);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void with_one_more_the_connection_of_http_2_is_read_no_more_and_closed() {
        limits("time", "PT0.3S");
        exhaust(http2);
        var calls = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 50; i++) calls.add(get(http2, FLOODER));

        await().until(() -> closed.get() == 1);

        assertThat(goneAway).contains(0xbL);
        assertThat(cut()).isEqualTo(1);
        await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
        assertThat(calls.stream().filter(call -> !call.isCompletedExceptionally()))
                .hasSizeLessThanOrEqualTo(SESSION_MAX);
        await().until(() -> held() == 0);
        assertThat(join(get(http2, OTHER)).body()).isEqualTo("served");
    }

    @Test
    void what_comes_after_that_is_not_looked_at() {
        limits("time", "PT0.3S");
        exhaust(http2);
        var calls = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 90; i++) calls.add(get(http2, FLOODER));

        await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));

        assertThat(refused()).isEqualTo(AT_ONCE + SESSION_MAX + 1);
        assertThat(calls.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSizeGreaterThanOrEqualTo(90 - SESSION_MAX);
    }

    @Test
    void until_then_another_connection_of_http_2_is_closed_likewise_and_one_of_http_1_waits_for_its_answer() {
        limits("time", "PT0.3S");
        exhaust(http2);
        for (int i = 0; i <= SESSION_MAX; i++) get(http2, FLOODER);
        await().until(() -> closed.get() == 1);
        await().until(() -> held() == 0);

        get(http2, FLOODER);
        await().until(() -> closed.get() == 2);
        assertThat(cut()).isEqualTo(2);

        assertThat(join(get(http1, FLOODER)).headers()).doesNotContainKey("connection");
        assertThat(cut()).isEqualTo(2);
        assertThat(join(get(http2, OTHER)).body()).isEqualTo("served");
    }

    @Test
    void a_connection_that_others_use_too_is_not_closed() {
        ofOneClient = false;
        limits("time", FOR_EVER);
        exhaust(http2);
        var waiting = hold(http2, SESSION_MAX);

        assertThat(join(get(http2, FLOODER)).code()).isEqualTo("TOO_FAST");

        assertThat(join(get(http2, OTHER)).body()).isEqualTo("served");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(cut()).isZero();
        assertThat(closed).hasValue(0);
    }

    @Test
    void no_connection_is_closed_where_that_is_switched_off() {
        limits("time", FOR_EVER, "cut", "false");
        exhaust(http1);
        hold(http1, SESSION_MAX);

        assertThat(join(get(http1, FLOODER)).headers()).doesNotContainKey("connection");
        assertThat(cut()).isZero();
    }

    @Test
    void all_sessions_together_have_so_many_places() {
        limits("time", FOR_EVER, "max", "2");
        exhaust(http1);
        hold(http1, 2);

        assertThat(join(get(http1, FLOODER)).code()).isEqualTo("TOO_FAST");
        assertThat(held()).isEqualTo(2);
        assertThat(cut()).isZero();
    }

    @Test
    void who_hangs_up_leaves_a_place() {
        limits("time", FOR_EVER);
        exhaust(http1);
        hold(http1, SESSION_MAX);

        join(http1.close());

        await().until(() -> held() == 0);
        http1 = client(HttpVersion.HTTP_1_1);
        hold(http1, SESSION_MAX);
        assertThat(cut()).isZero();
    }

    @Test
    void a_call_that_is_taken_back_leaves_a_place() {
        limits("time", FOR_EVER);
        exhaust(http2);
        var request = join(http2.request(HttpMethod.GET, port, "127.0.0.1", "/api/any"));
        request.putHeader("authorization", FLOODER).end();
        await().until(() -> held() == 1);

        request.reset(0x8);

        await().until(() -> held() == 0);
        assertThat(join(get(http2, OTHER)).body()).isEqualTo("served");
        assertThat(closed).hasValue(0);
    }

    @Test
    void a_process_that_ends_holds_nothing() {
        limits("time", FOR_EVER);
        exhaust(http1);
        var waiting = hold(http1, 2);

        limits.letGo();

        waiting.forEach(call -> assertThat(join(call).code()).isEqualTo("TOO_FAST"));
        assertThat(join(get(http1, FLOODER)).code()).isEqualTo("TOO_FAST");
        assertThat(held()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "after, -1",
        "session-max, -1",
        "max, -1",
        "time, PT0S",
        "forgiven, PT1S",
        "cut-max, -PT1S",
    })
    void settings_with_which_a_flood_would_pass_are_refused(String name, String value) {
        assertThatThrownBy(() -> limits(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gamehall.limits.hold." + name);
    }

    @Test
    void a_session_is_known_by_its_signature_however_it_is_written() {
        assertThat(SessionLimits.session(FLOODER))
                .isPresent()
                // Neither another way to write it, nor another last character, is another session.
                .isEqualTo(SessionLimits.session("bearer   header.claims.signature-of-onE"))
                .isNotEqualTo(SessionLimits.session(OTHER));
        for (var junk : new String[] {null, "", "Bearer", "Bearer ", "Bearer x", "Basic eDp5"}) {
            assertThat(SessionLimits.session(junk)).isEmpty();
        }
    }

    /** @param settings names and values below {@code gamehall.limits.hold} */
    private void limits(String... settings) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(SessionLimits.Settings.class)
                .withDefaultValue("gamehall.limits.session", "1/" + BURST)
                .withDefaultValue("gamehall.limits.hold.after", Integer.toString(AT_ONCE))
                .withDefaultValue("gamehall.limits.hold.forgiven", "2H")
                .withDefaultValue("gamehall.limits.hold.session-max", Integer.toString(SESSION_MAX));
        for (int i = 0; i < settings.length; i += 2) {
            config.withDefaultValue("gamehall.limits.hold." + settings[i], settings[i + 1]);
        }
        limits = new SessionLimits(
                config.addDiscoveredConverters().build().getConfigMapping(SessionLimits.Settings.class),
                metrics,
                () -> Long.MIN_VALUE);
    }

    /** All that passes, and all that is refused at once. */
    private void exhaust(HttpClient client) {
        for (int i = 0; i < BURST; i++)
            assertThat(join(get(client, FLOODER)).body()).isEqualTo("served");
        for (int i = 0; i < AT_ONCE; i++)
            assertThat(join(get(client, FLOODER)).code()).isEqualTo("TOO_FAST");
        assertThat(held()).isZero();
    }

    private List<CompletableFuture<Answer>> hold(HttpClient client, int number) {
        var calls = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < number; i++) calls.add(get(client, FLOODER));
        await().until(() -> held() == number);
        return calls;
    }

    private double held() {
        return metrics.get("gamehall.limits.held").gauge().value();
    }

    private double refused() {
        return metrics.counter("gamehall.limits.refused", "limit", "session").count();
    }

    private double cut() {
        return metrics.counter("gamehall.limits.cut").count();
    }

    private HttpClient client(HttpVersion version) {
        return vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setProtocolVersion(version)
                        .setHttp2ClearTextUpgrade(false)
                        .setMaxPoolSize(50)
                        .setHttp2MaxPoolSize(1))
                .withConnectHandler(this::watch)
                .build();
    }

    private void watch(HttpConnection connection) {
        connection.closeHandler(end -> closed.incrementAndGet());
        // HTTP/1.1 has none.
        try {
            connection.goAwayHandler(goAway -> goneAway.add(goAway.getErrorCode()));
        } catch (UnsupportedOperationException http1) {
            return;
        }
    }

    private CompletableFuture<Answer> get(HttpClient client, String authorization) {
        return send(client, HttpMethod.GET, authorization, "text/plain");
    }

    private CompletableFuture<Answer> send(HttpClient client, HttpMethod method, String authorization, String type) {
        return client.request(method, port, "127.0.0.1", "/api/any")
                .compose(request -> request.putHeader("authorization", authorization)
                        .putHeader("content-type", type)
                        .send()
                        // Here, and not behind the outer future: else the body may have come and gone.
                        .compose(SessionLimitsTest::answer))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body().map(body -> {
            var headers = new TreeMap<String, String>();
            response.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
            return new Answer(response.statusCode(), headers, body.toString());
        });
    }

    private static <T> T join(Future<T> future) {
        return join(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(WAIT_MAX_S, TimeUnit.SECONDS).join();
    }
}
