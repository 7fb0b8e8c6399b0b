package io.gamehall.gateway.login;

import static io.gamehall.gateway.testing.Client.PASSWORD;
import static io.gamehall.gateway.testing.Client.freshName;
import static io.gamehall.gateway.testing.Client.reason;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import com.google.rpc.RetryInfo;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.GrpcRestart;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Tickets;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.RsaKey;
import io.gamehall.v1.GuestRequest;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.RefreshRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
@QuarkusTestResource(value = LoginOptions.class, restrictToAnnotatedClass = true)
class LoginOptionsTest implements LoginOptions.Keys {
    private final Tickets tickets;
    private final Cell cell;
    private Client client;
    private Visitor visitor;
    private RsaKey issuer;
    private RsaKey next;

    LoginOptionsTest(Tickets tickets, Cell cell) {
        this.tickets = tickets;
        this.cell = cell;
    }

    @Override
    public void issuer(RsaKey key) {
        issuer = key;
    }

    @Override
    public void next(RsaKey key) {
        next = key;
    }

    @BeforeAll
    @AfterAll
    static void restart() throws ReflectiveOperationException {
        GrpcRestart.forgetFormerApplication();
    }

    // Not in fields: Quarkus makes a second instance of the test class that no test runs on.
    @BeforeEach
    void open() {
        client = new Client();
        visitor = Visitor.of(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_guest_plays_and_the_token_says_that_it_is_one() {
        var session = visitor.asGuest().getSession();

        var ticket = tickets.verify("Bearer " + session.getToken());
        assertThat(ticket.name()).startsWith("guest-");
        assertThat(ticket.roles()).containsExactlyInAnyOrder("player", "guest");
        assertThat(ticket.player()).isEqualTo(session.getPlayerId());
        list(session.getToken());
        var older = signed(
                ticket(session.getPlayerId(), Duration.ofHours(1)).groups(ticket.roles()), kid(session.getToken()));
        assertThat(tickets.verify("Bearer " + refresh(older)).roles()).containsExactlyInAnyOrder("player", "guest");
    }

    @Test
    void no_password_opens_a_guest_s_account() {
        var name = tickets.verify("Bearer " + visitor.asGuest().getSession().getToken())
                .name();

        assertThat(reason(() -> visitor.logIn(name, PASSWORD))).isEqualTo("LOGIN_FAILED");
        assertThat(reason(() -> visitor.register(name))).isEqualTo("NAME_TAKEN");
    }

    @Test
    void a_guest_of_another_region_is_redirected() {
        var asked =
                GuestRequest.newBuilder().setRegion(GatewaySettings.ELSEWHERE).build();

        assertThat(visitor.login().loginAsGuest(asked).getRedirect().getHallAddress())
                .isEqualTo(GatewaySettings.HALL_ELSEWHERE);
    }

    @Test
    void guests_and_holders_of_id_tokens_come_over_rest_too() {
        var guest = given().header("x-forwarded-for", visitor.address())
                .contentType("application/json")
                .post("/api/login/guest")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .<String>path("token");
        given().header("x-forwarded-for", visitor.address())
                .contentType("application/json")
                .body(Map.of("region", GatewaySettings.ELSEWHERE))
                .redirects()
                .follow(false)
                .post("/api/login/guest")
                .then()
                .statusCode(307)
                .header("Location", startsWith("http://" + GatewaySettings.HALL_ELSEWHERE + "/api/login/guest"));
        given().header("x-forwarded-for", visitor.address())
                .contentType("application/json")
                .body(Map.of("id_token", issuer.sign(vouched(freshName()))))
                .post("/api/login/oidc")
                .then()
                .statusCode(200);
        given().contentType("application/json")
                .body("{}")
                .post("/api/login/oidc")
                .then()
                .statusCode(400)
                .body("code", equalTo("REQUEST_INVALID"));
        list(guest);
    }

    @Test
    void whom_the_issuer_vouches_for_gets_an_account_and_the_same_one_again() {
        var subject = freshName();

        var first = visitor.withOidc(issuer.sign(vouched(subject))).getSession();
        var second = visitor.withOidc(issuer.sign(vouched(subject))).getSession();
        var other = visitor.withOidc(issuer.sign(vouched(subject + " "))).getSession();

        assertThat(second.getPlayerId()).isEqualTo(first.getPlayerId());
        assertThat(other.getPlayerId()).isNotEqualTo(first.getPlayerId());
        assertThat(reason(() -> list(first.getToken()))).isEqualTo("SESSION_ENDED");
        assertThat(tickets.verify("Bearer " + second.getToken()).roles()).containsExactly("player");
        list(second.getToken());
    }

    @Test
    void two_first_logins_at_once_make_one_account() throws Exception {
        var idToken = issuer.sign(vouched(freshName()));

        var players = atOnce(6, () -> visitor.withOidc(idToken).getSession().getPlayerId());

        assertThat(players).hasSize(6).containsOnly(players.getFirst());
    }

    @Test
    void no_other_token_is_believed() {
        var subject = freshName();
        var longAgo = Instant.now().minus(Duration.ofMinutes(11));
        Stream.of(
                        new RsaKey("issuer-key").sign(vouched(subject)),
                        next.sign(vouched(subject)),
                        RsaKey.unsigned(vouched(subject)),
                        issuer.sign(vouched(subject).issuer("http://another.test")),
                        issuer.sign(vouched(subject).audience("another-hall")),
                        issuer.sign(vouched(subject).claim("azp", "another-hall")),
                        issuer.sign(vouched(subject).expiresAt(Instant.now().minusSeconds(60))),
                        issuer.sign(vouched(subject).issuedAt(longAgo)),
                        issuer.sign(Jwt.issuer(issuerName()).audience(LoginOptions.AUDIENCE)),
                        issuer.sign(vouched(subject).claim("events", Map.of("logout", Map.of()))),
                        typed(vouched(subject), "at+jwt"),
                        typed(vouched(subject), "logout+jwt"),
                        visitor.asGuest().getSession().getToken(),
                        "",
                        "x",
                        "x.y.z",
                        "x".repeat(20_000))
                .forEach(idToken -> assertThat(reason(() -> Visitor.of(client).withOidc(idToken)))
                        .as(idToken.length() > 2_000 ? "long" : idToken)
                        .isEqualTo("LOGIN_FAILED"));

        assertThat(visitor.withOidc(issuer.sign(vouched(subject))).hasSession()).isTrue();
    }

    @Test
    void an_account_that_was_failed_too_often_must_wait_wherever_it_is_tried() {
        var name = freshName();
        visitor.register(name);
        for (int i = 0; i < LoginOptions.ACCOUNT_FAILURES_MAX; i++) {
            var anybody = Visitor.of(client);
            assertThat(reason(() -> anybody.logIn(name, "wrong horse"))).isEqualTo("LOGIN_FAILED");
        }

        var refused = catchThrowableOfType(StatusRuntimeException.class, () -> visitor.logIn(name, PASSWORD));

        assertThat(Client.info(refused).getReason()).isEqualTo("TOO_FAST");
        assertThat(StatusProto.fromThrowable(refused).getDetailsList()).anyMatch(detail -> detail.is(RetryInfo.class));
        given().header("x-forwarded-for", visitor.address())
                .contentType("application/json")
                .body(Map.of("name", name, "password", PASSWORD))
                .post("/api/login")
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("code", equalTo("TOO_FAST"));
    }

    @Test
    void a_name_that_nobody_has_must_wait_like_any_other() {
        var name = freshName();
        for (int i = 0; i < LoginOptions.ACCOUNT_ADDRESS_FAILURES_MAX; i++) {
            assertThat(reason(() -> visitor.logIn(name, PASSWORD))).isEqualTo("LOGIN_FAILED");
        }

        assertThat(reason(() -> visitor.logIn(name, PASSWORD))).isEqualTo("TOO_FAST");
    }

    @Test
    void one_address_closes_an_account_to_itself_alone() {
        var name = freshName();
        visitor.register(name);
        var stranger = Visitor.of(client);
        for (int i = 0; i < LoginOptions.ACCOUNT_ADDRESS_FAILURES_MAX; i++) {
            assertThat(reason(() -> stranger.logIn(name, "wrong horse"))).isEqualTo("LOGIN_FAILED");
        }

        for (int i = 0; i < 2 * LoginOptions.ACCOUNT_FAILURES_MAX; i++) {
            assertThat(reason(() -> stranger.logIn(name, PASSWORD))).isEqualTo("TOO_FAST");
        }
        assertThat(visitor.logIn(name, PASSWORD).hasSession()).isTrue();
    }

    @Test
    void an_address_registers_fewer_accounts_than_it_makes_guests() {
        for (int i = 0; i < LoginOptions.ADDRESS_REGISTRATIONS_MAX; i++) {
            assertThat(visitor.register(freshName()).hasSession()).isTrue();
        }

        assertThat(reason(() -> visitor.register(freshName()))).isEqualTo("TOO_FAST");
        assertThat(visitor.asGuest().hasSession()).isTrue();
        assertThat(Visitor.of(client).register(freshName()).hasSession()).isTrue();
    }

    @Test
    void a_token_that_is_new_is_not_refreshed() {
        var session = visitor.register(freshName()).getSession();

        var refused = catchThrowableOfType(StatusRuntimeException.class, () -> refresh(session.getToken()));

        assertThat(Client.info(refused).getReason()).isEqualTo("TOO_FAST");
        assertThat(StatusProto.fromThrowable(refused).getDetailsList()).anyMatch(detail -> detail.is(RetryInfo.class));
        list(session.getToken());
    }

    @Test
    void logins_that_succeed_use_nothing_up() {
        var name = freshName();
        visitor.register(name);
        assertThat(reason(() -> visitor.logIn(name, "wrong horse"))).isEqualTo("LOGIN_FAILED");

        for (int i = 0; i < 2 * LoginOptions.ADDRESS_FAILURES_MAX; i++) {
            assertThat(visitor.logIn(name, PASSWORD).hasSession()).isTrue();
        }
    }

    @Test
    void guesses_at_once_are_counted_one_by_one() throws Exception {
        var name = freshName();
        visitor.register(name);
        var visitors =
                Stream.generate(() -> Visitor.of(client)).limit(12).toList().iterator();

        var reasons = atOnce(12, () -> {
            Visitor somebody;
            synchronized (visitors) {
                somebody = visitors.next();
            }
            return reason(() -> somebody.logIn(name, "wrong horse"));
        });

        assertThat(reasons).filteredOn("LOGIN_FAILED"::equals).hasSize(LoginOptions.ACCOUNT_FAILURES_MAX);
        assertThat(reasons).filteredOn("TOO_FAST"::equals).hasSize(12 - LoginOptions.ACCOUNT_FAILURES_MAX);
    }

    @Test
    void an_address_that_failed_too_often_must_wait_whatever_account_it_tries() {
        var name = freshName();
        visitor.register(name);
        for (int i = 0; i < LoginOptions.ADDRESS_FAILURES_MAX; i++) {
            assertThat(reason(() -> visitor.logIn(freshName(), PASSWORD))).isEqualTo("LOGIN_FAILED");
        }

        assertThat(reason(() -> visitor.logIn(name, PASSWORD))).isEqualTo("TOO_FAST");
        assertThat(reason(() -> visitor.withOidc(issuer.sign(vouched(freshName())))))
                .isEqualTo("TOO_FAST");
        assertThat(Visitor.of(client).logIn(name, PASSWORD).hasSession()).isTrue();
    }

    @Test
    void an_address_makes_so_many_accounts() {
        for (int i = 0; i < LoginOptions.ADDRESS_ACCOUNTS_MAX; i++) {
            assertThat(visitor.asGuest().hasSession()).isTrue();
        }

        assertThat(reason(() -> visitor.asGuest())).isEqualTo("TOO_FAST");
        assertThat(reason(() -> visitor.register(freshName()))).isEqualTo("TOO_FAST");
        assertThat(Visitor.of(client).asGuest().hasSession()).isTrue();
    }

    @Test
    void tokens_of_the_next_key_are_good_already_and_both_keys_are_published() {
        var session = visitor.register(freshName()).getSession();

        // The journal may still be read.
        await().ignoreException(StatusRuntimeException.class).untilAsserted(() -> list(session.getToken()));
        list(next.signAs(next.thumbprint(), ticket(session.getPlayerId(), Duration.ZERO)));
        assertThat(reason(() -> list(
                        new RsaKey("third").signAs(next.thumbprint(), ticket(session.getPlayerId(), Duration.ZERO)))))
                .isEqualTo("TOKEN_INVALID");
        given().get("/api/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=60")
                .body("keys.kid", containsInAnyOrder(next.thumbprint(), kid(session.getToken())))
                .body("keys.kty", hasItem("RSA"))
                .body("keys.d", hasItem((Object) null));
    }

    @Test
    void a_session_is_prolonged_until_it_is_too_old() {
        var session = visitor.register(freshName()).getSession();
        var old = signed(ticket(session.getPlayerId(), Duration.ofHours(12)), kid(session.getToken()));

        var last = refresh(old);

        var ends = tickets.verify("Bearer " + last).expiresAt();
        assertThat(ends).isEqualTo(tickets.verify("Bearer " + old).loggedInAt().plus(Duration.ofHours(13)));
        assertThat(reason(() -> refresh(last))).isEqualTo("SESSION_TOO_OLD");
    }

    private JwtClaimsBuilder vouched(String subject) {
        return Jwt.issuer(issuerName())
                .subject(subject)
                .audience(LoginOptions.AUDIENCE)
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(300));
    }

    /** Of the issuer, but no ID token. */
    private String typed(JwtClaimsBuilder claims, String type) {
        claims.jws().type(type);
        return issuer.sign(claims);
    }

    private static String issuerName() {
        return ConfigProvider.getConfig().getValue("gamehall.login.oidc.issuer", String.class);
    }

    /** Of a session that is newer than any, and began some time ago. */
    private JwtClaimsBuilder ticket(long player, Duration age) {
        var now = Instant.now();
        return Jwt.issuer("gamehall")
                .subject(Long.toUnsignedString(player))
                .claim("name", "somebody")
                .claim("region", cell.name())
                .claim("gen", now.plusSeconds(60).toEpochMilli())
                .claim("auth_time", now.minus(age).getEpochSecond())
                .groups(Set.of("player"))
                .issuedAt(now)
                .expiresAt(now.plusSeconds(600));
    }

    private static String signed(JwtClaimsBuilder claims, String kid) {
        return claims.jws().algorithm(SignatureAlgorithm.RS256).keyId(kid).sign();
    }

    private String refresh(String token) {
        return Client.with(token, LoginServiceGrpc.newBlockingStub(client.channel))
                .refresh(RefreshRequest.getDefaultInstance())
                .getToken();
    }

    private void list(String token) {
        client.directory(token).listRooms(ListRoomsRequest.getDefaultInstance());
    }

    private static String kid(String token) {
        var header = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
        return JsonPath.from(header).getString("kid");
    }

    private static <T> ArrayList<T> atOnce(int times, Callable<T> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<T>();
            for (var answer :
                    threads.invokeAll(Stream.generate(() -> call).limit(times).toList())) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
