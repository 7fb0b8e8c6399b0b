package io.gamehall.gateway.login;

import static io.gamehall.gateway.testing.Client.freshName;
import static io.gamehall.gateway.testing.Client.reason;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Tickets;
import io.gamehall.platform.VerificationKeys;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.GuestRequest;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.LogoutRequest;
import io.gamehall.v1.OidcRequest;
import io.gamehall.v1.RefreshRequest;
import io.gamehall.v1.Session;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class HoldSessionTest {
    private final Tickets tickets;
    private final Vertx vertx;
    private Client client;

    HoldSessionTest(Tickets tickets, Vertx vertx) {
        this.tickets = tickets;
        this.vertx = vertx;
    }

    // Not in fields: Quarkus makes a second instance of the test class that no test runs on.
    @BeforeEach
    void open() {
        client = new Client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_refresh_gives_a_token_of_the_same_session() {
        var session = client.register(freshName());

        var refreshed = login(session).refresh(RefreshRequest.getDefaultInstance());

        var before = tickets.verify("Bearer " + session.getToken());
        var after = tickets.verify("Bearer " + refreshed.getToken());
        assertThat(after.generation()).isEqualTo(before.generation());
        assertThat(after.loggedInAt()).isEqualTo(before.loggedInAt());
        assertThat(after.name()).isEqualTo(before.name());
        assertThat(after.roles()).isEqualTo(before.roles());
        assertThat(after.expiresAt()).isAfterOrEqualTo(before.expiresAt());
        assertThat(refreshed.getPlayerId()).isEqualTo(session.getPlayerId());
        assertThat(refreshed.getHallAddress()).isEqualTo(session.getHallAddress());
        list(refreshed.getToken());
        list(session.getToken());
    }

    @Test
    void a_session_that_has_ended_is_not_prolonged() {
        var name = freshName();
        var older = client.register(name);
        logIn(name);

        assertThat(reason(() -> login(older).refresh(RefreshRequest.getDefaultInstance())))
                .isEqualTo("SESSION_ENDED");
        assertThat(reason(() -> client.login().refresh(RefreshRequest.getDefaultInstance())))
                .isEqualTo("TOKEN_MISSING");
        assertThat(reason(() -> client.login().logout(LogoutRequest.getDefaultInstance())))
                .isEqualTo("TOKEN_MISSING");
        assertThat(reason(() ->
                        Client.with(TestTickets.forged(7), client.login()).logout(LogoutRequest.getDefaultInstance())))
                .isEqualTo("TOKEN_INVALID");
    }

    @Test
    void who_logs_out_is_out_everywhere_and_can_come_back() {
        var name = freshName();
        var session = client.register(name);
        var refreshed = login(session).refresh(RefreshRequest.getDefaultInstance());
        var events = client.events(session.getToken()).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();

        login(session).logout(LogoutRequest.getDefaultInstance());

        var last = Event.getDefaultInstance();
        while (events.hasNext()) last = events.next();
        assertThat(last.getEnded().getReason()).isEqualTo(SessionEnded.Reason.LOGGED_OUT);
        assertThat(reason(() -> list(session.getToken()))).isEqualTo("SESSION_ENDED");
        assertThat(reason(() -> list(refreshed.getToken()))).isEqualTo("SESSION_ENDED");
        assertThat(reason(() -> login(refreshed).refresh(RefreshRequest.getDefaultInstance())))
                .isEqualTo("SESSION_ENDED");
        list(logIn(name).getToken());
    }

    @Test
    void logging_out_again_ends_no_newer_session() {
        var name = freshName();
        var older = client.register(name);
        login(older).logout(LogoutRequest.getDefaultInstance());
        var newer = logIn(name);

        login(older).logout(LogoutRequest.getDefaultInstance());

        list(newer.getToken());
    }

    @Test
    void a_session_of_another_region_is_not_logged_out_here() {
        var session = client.register(freshName());
        var foreign = TestTickets.ofRegion("elsewhere", session.getPlayerId(), "player");

        assertThat(reason(() -> Client.with(foreign, client.login()).logout(LogoutRequest.getDefaultInstance())))
                .isEqualTo("TOKEN_INVALID");

        list(session.getToken());
    }

    @Test
    void the_rest_twins_do_the_same() {
        var token = client.register(freshName()).getToken();

        var refreshed = given().header("authorization", "Bearer " + token)
                .post("/api/refresh")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .<String>path("token");
        given().header("authorization", "Bearer " + refreshed)
                .post("/api/logout")
                .then()
                .statusCode(204);
        given().header("authorization", "Bearer " + token)
                .post("/api/refresh")
                .then()
                .statusCode(401)
                .body("code", equalTo("SESSION_ENDED"));
        given().post("/api/logout").then().statusCode(401).body("code", equalTo("TOKEN_MISSING"));
    }

    @Test
    void guests_and_issuers_are_off_by_default() {
        assertThat(reason(() -> client.login().loginAsGuest(GuestRequest.getDefaultInstance())))
                .isEqualTo("GUESTS_OFF");
        assertThat(reason(() -> client.login().loginWithOidc(OidcRequest.getDefaultInstance())))
                .isEqualTo("OIDC_OFF");
        given().contentType("application/json")
                .post("/api/login/guest")
                .then()
                .statusCode(403)
                .body("code", equalTo("GUESTS_OFF"));
    }

    @Test
    void services_behind_learn_the_key_from_the_gateway() {
        var url = "http://127.0.0.1:" + Client.port() + "/api/jwks.json";

        try (var keys = new VerificationKeys(vertx, url, Duration.ofDays(1))) {
            await().until(() -> keys.current().isPresent());

            assertThat(keys.current()).isPresent();
            assertThat(keys.current().orElseThrow().ids())
                    .isEqualTo(tickets.keys().orElseThrow().ids());
        }
    }

    @Test
    void the_gateway_is_ready_once_its_own_tokens_would_be_believed() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'signing key' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'keys of session tokens' }.status", equalTo("UP"));
    }

    @Test
    void what_comes_of_it_is_counted() {
        var session = client.register(freshName());
        login(session).refresh(RefreshRequest.getDefaultInstance());
        login(session).logout(LogoutRequest.getDefaultInstance());

        var metrics = given().get("/q/metrics").asString();

        assertThat(metrics).containsPattern("gamehall_logins_seconds_count\\{method=\"refresh\",outcome=\"OK\"} [1-9]");
        assertThat(metrics).containsPattern("gamehall_logins_seconds_count\\{method=\"logout\",outcome=\"OK\"} [1-9]");
    }

    private LoginServiceGrpc.LoginServiceBlockingStub login(Session session) {
        return Client.with(session.getToken(), client.login());
    }

    private void list(String token) {
        client.directory(token).listRooms(ListRoomsRequest.getDefaultInstance());
    }

    private Session logIn(String name) {
        return client.login()
                .login(LoginRequest.newBuilder()
                        .setName(name)
                        .setPassword(Client.PASSWORD)
                        .build())
                .getSession();
    }
}
