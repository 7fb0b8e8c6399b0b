package io.gamehall.gateway.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.RawClient;
import io.gamehall.gateway.testing.WebClient;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.LoginRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.http.HttpClient.Version;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls as no gRPC library makes them, on one connection of HTTP/2. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class GrpcGuardsTest {
    private static final String LOGIN = "/gamehall.v1.LoginService/Login";
    private static final String FAILS = "/gamehall.v1.LoginService/Fails";
    private static final Buffer EMPTY_MESSAGE = Buffer.buffer(new byte[5]);
    private static final int CALLS_MAX = 2_000;
    private static final String GRPC = "application/grpc";

    private final Vertx vertx;
    private RawClient client;

    GrpcGuardsTest(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Breaks down on the way to a method. */
    @Singleton
    static class BrokenFilter {
        void register(@Observes Filters filters) {
            filters.register(
                    call -> {
                        if (call.request().path().equals(FAILS)) throw new IllegalStateException("For the test");
                        call.next();
                    },
                    100);
        }
    }

    @BeforeEach
    void open() {
        client = new RawClient(vertx);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void compressed_messages_are_not_unpacked_however_the_content_type_is_written() {
        for (var type :
                new String[] {GRPC, "Application/gRPC", "APPLICATION/GRPC+PROTO", "application/gRPC-web+json"}) {
            assertThat(reason(Map.of("content-type", type, "grpc-encoding", "gzip"), EMPTY_MESSAGE))
                    .as(type)
                    .isEqualTo("MEDIA_TYPE_UNSUPPORTED");
        }
    }

    @Test
    void a_call_is_served_and_guarded_in_any_case_of_letters() {
        assertThat(reason(Map.of("content-type", "Application/gRPC"), EMPTY_MESSAGE))
                .isEqualTo("LOGIN_FAILED");
    }

    @Test
    void a_length_over_the_limit_ends_that_call_and_no_other() {
        var refused = client.begin(LOGIN, Map.of("content-type", GRPC, "content-length", "100000"));

        assertThat(refused.reason()).isEqualTo("BODY_TOO_LARGE");
        assertThat(refused.headers().contains("connection")).isFalse();
        assertThat(reason(Map.of("content-type", GRPC), EMPTY_MESSAGE)).isEqualTo("LOGIN_FAILED");
        assertThat(client.connections()).isEqualTo(1);
    }

    @Test
    void a_length_over_the_limit_of_a_rest_call_ends_no_other_either() {
        var refused =
                client.begin("/api/login", Map.of("content-type", "application/json", "content-length", "100000"));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.headers().contains("connection")).isFalse();
        assertThat(reason(Map.of("content-type", GRPC), EMPTY_MESSAGE)).isEqualTo("LOGIN_FAILED");
        assertThat(client.connections()).isEqualTo(1);
    }

    /** What HTTP/2 itself does not refuse. */
    @Test
    void a_length_that_is_no_number_is_no_failure_of_ours() {
        for (var length : new String[] {"+5", "-5", "5x", "", "99999999999999999999"}) {
            assertThat(client.outcome(LOGIN, Map.of("content-type", GRPC, "content-length", length)))
                    .as(length)
                    .isIn("REQUEST_INVALID", "BODY_TOO_LARGE", "StreamResetException", "HttpClosedException");
        }
    }

    @Test
    void over_http_1_the_connection_ends_with_the_refusal() {
        given().contentType("application/json")
                .body("x".repeat(100_000))
                .post("/api/login")
                .then()
                .statusCode(413)
                .header("connection", equalTo("close"));
    }

    @Test
    void a_message_that_claims_to_be_compressed_is_read_as_it_is() {
        assertThat(reason(Map.of("content-type", GRPC), Buffer.buffer(new byte[] {1, 0, 0, 0, 0})))
                .isEqualTo("LOGIN_FAILED");
    }

    @Test
    void a_call_that_breaks_down_on_its_way_has_failed_and_is_not_unknown() throws Exception {
        assertThat(client.call(FAILS, Map.of("content-type", GRPC), EMPTY_MESSAGE)
                        .reason())
                .isEqualTo("INTERNAL");
        try (var web = new WebClient(Version.HTTP_1_1)) {
            assertThat(web.call(FAILS, "application/grpc-web+proto", LoginRequest.getDefaultInstance())
                            .reason())
                    .isEqualTo("INTERNAL");
        }
    }

    @Test
    void scripts_of_an_allowed_origin_are_told_that_they_are_too_fast() {
        var address = "198.51.100.77";
        int calls = 0;
        while (given().header("x-forwarded-for", address).get("/api/route").statusCode() != 429) {
            assertThat(calls++).isLessThan(CALLS_MAX);
        }

        given().header("x-forwarded-for", address)
                .header("origin", GatewaySettings.ALLOWED_ORIGIN)
                .header("access-control-request-method", "POST")
                .options(LOGIN)
                .then()
                .statusCode(200)
                .header("access-control-allow-origin", equalTo(GatewaySettings.ALLOWED_ORIGIN));
        await().untilAsserted(() -> given().header("x-forwarded-for", address)
                .header("origin", GatewaySettings.ALLOWED_ORIGIN)
                .get("/api/route")
                .then()
                .statusCode(429)
                .header("access-control-allow-origin", equalTo(GatewaySettings.ALLOWED_ORIGIN)));
        given().header("x-forwarded-for", address)
                .header("origin", "http://stranger.test")
                .get("/api/route")
                .then()
                .statusCode(403)
                .header("access-control-allow-origin", nullValue());
    }

    private String reason(Map<String, String> headers, Buffer body) {
        return client.call(LOGIN, headers, body).reason();
    }
}
