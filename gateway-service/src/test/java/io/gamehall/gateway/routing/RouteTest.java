package io.gamehall.gateway.routing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc.LoginServiceBlockingStub;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.RouteRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses by the table {@code regions.txt}; 127.0.0.1 is a trusted proxy. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RouteTest {
    private static final String AMERICAN = "198.19.5.7";
    private static final String HERE = HallServers.servers().cell();

    private final Client client = new Client();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void who_asks_for_nothing_stays() {
        route("", "", null)
                .then()
                .statusCode(200)
                .body("region", equalTo(HERE))
                .body("hall_address", equalTo(GatewaySettings.HALL_ADDRESS))
                .body("ticket", equalTo(""));
    }

    @Test
    void who_asks_for_another_region_is_sent_there_with_a_ticket() {
        var told = route(GatewaySettings.ELSEWHERE, "", null);

        told.then()
                .statusCode(307)
                .body("region", equalTo(GatewaySettings.ELSEWHERE))
                .body("hall_address", equalTo(GatewaySettings.HALL_ELSEWHERE))
                .header(
                        "Location",
                        equalTo("http://" + GatewaySettings.HALL_ELSEWHERE + "/api/route?ticket=" + told.path("ticket")
                                + "&region=" + GatewaySettings.ELSEWHERE));
    }

    @Test
    void who_asked_for_no_region_does_not_ask_for_one_there_either() {
        var told = route("", "", AMERICAN);

        told.then().header("Location", endsWith("/api/route?ticket=" + told.path("ticket")));
    }

    @Test
    void the_address_decides_for_whom_asks_for_nothing() {
        route("", "", AMERICAN).then().statusCode(307).body("region", equalTo(GatewaySettings.ELSEWHERE));
        route("", "", "2001:db8:5::7").then().statusCode(307);
        route(HERE, "", AMERICAN).then().statusCode(200);
        route("", "", "198.19.5.200").then().statusCode(200);
        route("", "", "198.19.6.7").then().statusCode(200);
    }

    @Test
    void nobody_is_sent_in_circles() {
        // What comes back with its ticket, as if the other cell's hall were this one.
        var ticket = "";
        for (int hop = 1; hop <= 3; hop++) {
            var told = route(GatewaySettings.ELSEWHERE, ticket, AMERICAN);
            assertThat(told.statusCode()).as("hop %d", hop).isEqualTo(307);
            ticket = told.path("ticket");
        }
        route(GatewaySettings.ELSEWHERE, ticket, AMERICAN)
                .then()
                .statusCode(200)
                .body("region", equalTo(HERE));
    }

    @Test
    void nonsense_is_refused() {
        route("atlantis", "", null).then().statusCode(400).body("code", equalTo("REGION_UNKNOWN"));
        route("", "nonsense", null).then().statusCode(400).body("code", equalTo("TICKET_INVALID"));
    }

    @Test
    void grpc_tells_the_same() {
        var here = client.login().route(RouteRequest.getDefaultInstance());
        assertThat(here.getRegion()).isEqualTo(HERE);
        assertThat(here.getHallAddress()).isEqualTo(GatewaySettings.HALL_ADDRESS);
        assertThat(here.getTicket()).isEmpty();

        var there = american().route(RouteRequest.getDefaultInstance());
        assertThat(there.getRegion()).isEqualTo(GatewaySettings.ELSEWHERE);
        assertThat(there.getHallAddress()).isEqualTo(GatewaySettings.HALL_ELSEWHERE);
        assertThat(there.getTicket()).isNotEmpty();

        assertThat(Client.reason(() -> client.login()
                        .route(RouteRequest.newBuilder().setTicket("nonsense").build())))
                .isEqualTo("TICKET_INVALID");
        assertThat(Client.reason(() -> client.login()
                        .route(RouteRequest.newBuilder().setRegion("atlantis").build())))
                .isEqualTo("REGION_UNKNOWN");
    }

    @Test
    void a_newcomer_registers_where_the_address_belongs() {
        var request = RegisterRequest.newBuilder().setName(Client.freshName()).setPassword(Client.PASSWORD);

        var redirect = american().register(request.build()).getRedirect();
        assertThat(redirect.getRegion()).isEqualTo(GatewaySettings.ELSEWHERE);
        assertThat(redirect.getTicket()).isNotEmpty();

        assertThat(american().register(request.setRegion(HERE).build()).hasSession())
                .isTrue();
    }

    @Test
    void a_player_logs_in_where_the_account_is_wherever_he_calls_from() {
        var name = Client.freshName();
        client.register(name);

        assertThat(login(american(), name, Client.PASSWORD).hasSession()).isTrue();
    }

    @Test
    void who_proves_no_account_here_is_sent_where_the_address_belongs() {
        var name = Client.freshName();
        client.register(name);

        var wrong = login(american(), name, "another password");
        var unknown = login(american(), Client.freshName(), Client.PASSWORD);

        assertThat(wrong.getRedirect().getRegion()).isEqualTo(GatewaySettings.ELSEWHERE);
        assertThat(unknown.getRedirect().getRegion()).isEqualTo(GatewaySettings.ELSEWHERE);
        assertThat(Client.reason(() -> login(client.login(), name, "another password")))
                .isEqualTo("LOGIN_FAILED");
    }

    @Test
    void a_login_over_http_is_told_a_location_that_can_be_followed_as_it_is() {
        given().contentType("application/json")
                .body(Map.of("name", "anybody", "password", Client.PASSWORD, "region", GatewaySettings.ELSEWHERE))
                .post("/api/login")
                .then()
                .statusCode(307)
                .header("Location", startsWith("http://" + GatewaySettings.HALL_ELSEWHERE + "/api/login?ticket="));
    }

    @Test
    void a_ticket_in_the_url_is_read() {
        given().contentType("application/json")
                .body(Map.of("name", "anybody", "password", Client.PASSWORD))
                .post("/api/login?ticket=nonsense")
                .then()
                .statusCode(400)
                .body("code", equalTo("TICKET_INVALID"));
    }

    private static Response route(String region, String ticket, String address) {
        var call =
                given().redirects().follow(false).queryParam("region", region).queryParam("ticket", ticket);
        return (address == null ? call : call.header("X-Forwarded-For", address)).get("/api/route");
    }

    private LoginServiceBlockingStub american() {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), AMERICAN);
        return client.login().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static LoginReply login(LoginServiceBlockingStub stub, String name, String password) {
        return stub.login(
                LoginRequest.newBuilder().setName(name).setPassword(password).build());
    }
}
