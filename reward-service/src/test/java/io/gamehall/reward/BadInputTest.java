package io.gamehall.reward;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class BadInputTest {
    private static final long PLAYER = 77;

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts/me", "/api/grants/me", "/api/ledger/me", "/api/holdings/me"})
    void only_a_genuine_fresh_token_opens(String path) {
        problem(given().get(path), 401, "TOKEN_MISSING");
        problem(with("Basic YTpi").get(path), 401, "TOKEN_MISSING");
        problem(with("Bearer ").get(path), 401, "TOKEN_MISSING");
        problem(with("Bearer nonsense").get(path), 401, "TOKEN_INVALID");
        problem(with("Bearer " + "x".repeat(5_000)).get(path), 401, "TOKEN_INVALID");
        problem(with("Bearer " + TestTickets.forged(PLAYER)).get(path), 401, "TOKEN_INVALID");
        problem(with("Bearer " + TestTickets.expired(PLAYER)).get(path), 401, "TOKEN_EXPIRED");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=-5, limit",
        "limit=ten, limit",
        "limit=99999999999, limit",
        "limit=2.5, limit",
        "before=%00, before",
        "before=nonsense, before",
        "before=MTIz, before",
        "before=LTU6eA, before"
    })
    void a_page_that_makes_no_sense_is_refused_by_name(String query, String what) {
        problem(player().get("/api/grants/me?" + query), 400, "REQUEST_INVALID")
                .then()
                .body("detail", containsString(what));
    }

    @Test
    void a_cursor_of_absurd_length_is_refused() {
        problem(player().get("/api/grants/me?before=" + "QUJD".repeat(500)), 400, "REQUEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts/me", "/api/grants/me"})
    void other_methods_are_refused(String path) {
        problem(player().post(path), 405, "METHOD_NOT_ALLOWED");
        problem(player().delete(path), 405, "METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts", "/api/accounts/78", "/api/grants/78", "/api/nothing", "/nothing"})
    void there_is_nothing_at_other_paths_least_of_all_other_players_data(String path) {
        problem(player().get(path), 404, "PATH_UNKNOWN");
    }

    @Test
    void the_service_tells_its_health_metrics_and_api() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200).body(containsString("Facts flow"));
        given().get("/q/health/started").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200).body(containsString("gamehall_reward_cas_conflicts_total"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("/api/grants/me"));
    }

    private static RequestSpecification player() {
        return with("Bearer " + TestTickets.player(PLAYER));
    }

    private static RequestSpecification with(String authorization) {
        return given().header("authorization", authorization);
    }

    private static Response problem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("type", equalTo("https://gamehall.io/errors/" + code))
                .body(not(containsString("Exception")));
        return response;
    }
}
