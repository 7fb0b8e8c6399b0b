package io.gamehall.gateway.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.WebClient;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients are told apart by what the proxy before the gateway says of them, which here is the test. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class LimitsTest {
    private static final String LOGIN = "/gamehall.v1.LoginService/Login";
    private static final int CALLS_MAX = 2_000;

    private Client client;

    @BeforeEach
    void open() {
        client = new Client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void grpc_calls_of_an_address_are_limited_and_others_are_not() {
        var refused = untilTooFast("198.51.100.1");

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(io.grpc.protobuf.StatusProto.fromThrowable(refused).getDetailsList())
                .anyMatch(detail -> detail.is(com.google.rpc.RetryInfo.class));
        assertThat(Client.reason(() -> login("198.51.100.2"))).isEqualTo("LOGIN_FAILED");
    }

    @Test
    void rest_and_web_calls_are_counted_with_the_others() throws Exception {
        untilTooFast("198.51.100.3");

        try (var web = new WebClient(Version.HTTP_1_1)) {
            await().until(() -> web.post(
                            LOGIN,
                            "application/grpc-web+proto",
                            WebClient.encoded("", LoginRequest.getDefaultInstance()),
                            "X-Forwarded-For",
                            "198.51.100.3")
                    .reason()
                    .equals("TOO_FAST"));
        }
        await().until(() -> given().header("x-forwarded-for", "198.51.100.3")
                        .get("/api/rooms")
                        .statusCode()
                == 429);
        var problem = given().header("x-forwarded-for", "198.51.100.3")
                .get("/api/rooms")
                .then();
        if (problem.extract().statusCode() == 429) {
            problem.contentType("application/problem+json").body("code", equalTo("TOO_FAST"));
        }
        given().header("x-forwarded-for", "198.51.100.3")
                .get("/q/health/live")
                .then()
                .statusCode(200);
    }

    @Test
    void an_address_holds_so_many_streams_at_once() {
        var streams = new ArrayList<Iterator<Event>>();
        var clients = new ArrayList<Client>();
        for (int i = 0; i < GatewaySettings.ADDRESS_STREAMS_MAX; i++) {
            var one = new Client();
            clients.add(one);
            streams.add(subscribe(one, "198.51.100.4", 9_800 + i));
            assertThat(streams.getLast().next().hasWelcome()).isTrue();
        }

        assertThat(Client.reason(() -> subscribe(client, "198.51.100.4", 9_850).next()))
                .isEqualTo("STREAMS_MAX");
        assertThat(subscribe(client, "198.51.100.5", 9_851).next().hasWelcome()).isTrue();

        clients.forEach(Client::close);
        await().untilAsserted(() -> assertThat(
                        subscribe(client, "198.51.100.4", 9_852).next().hasWelcome())
                .isTrue());
    }

    @Test
    void a_message_over_the_limit_is_refused_with_its_reason() {
        assertThat(Client.reason(() -> client.register("x".repeat(1_000_000)))).isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void an_unknown_method_is_refused_with_its_reason() {
        var unknown = MethodDescriptor.<LoginRequest, LoginRequest>newBuilder(
                        ProtoUtils.marshaller(LoginRequest.getDefaultInstance()),
                        ProtoUtils.marshaller(LoginRequest.getDefaultInstance()))
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("gamehall.v1.LoginService/Nothing")
                .build();

        assertThat(Client.reason(() -> ClientCalls.blockingUnaryCall(
                        client.channel, unknown, io.grpc.CallOptions.DEFAULT, LoginRequest.getDefaultInstance())))
                .isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void compressed_messages_are_not_unpacked() {
        assertThat(Client.reason(() -> client.login().withCompression("gzip").login(LoginRequest.getDefaultInstance())))
                .isEqualTo("MEDIA_TYPE_UNSUPPORTED");
    }

    @Test
    void a_body_over_the_limit_is_a_problem() {
        var large = Map.of("name", "x".repeat(100_000), "password", Client.PASSWORD);
        given().contentType("application/json")
                .body(large)
                .post("/api/register")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("BODY_TOO_LARGE"));
    }

    private StatusRuntimeException untilTooFast(String address) {
        for (int i = 0; i < CALLS_MAX; i++) {
            try {
                login(address);
            } catch (StatusRuntimeException refused) {
                if (Client.info(refused).getReason().equals("TOO_FAST")) return refused;
            }
        }
        throw new AssertionError("Never refused");
    }

    private void login(String address) {
        from(address, LoginServiceGrpc.newBlockingStub(client.channel)).login(LoginRequest.getDefaultInstance());
    }

    private static Iterator<Event> subscribe(Client client, String address, long player) {
        return from(address, Client.with(TestTickets.player(player), EventServiceGrpc.newBlockingStub(client.channel)))
                .subscribe(SubscribeRequest.getDefaultInstance());
    }

    private static <S extends AbstractStub<S>> S from(String address, S stub) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), address);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
