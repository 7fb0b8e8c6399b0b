package io.gamehall.gateway.login;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class LoginResourceTest {
    @Test
    void a_player_registers_and_logs_in() {
        var name = Client.freshName();

        var player = post("/api/register", Map.of("name", name, "password", Client.PASSWORD))
                .statusCode(200)
                .body("player_id", matchesPattern("\\d+"))
                .body("hall_address", equalTo(GatewaySettings.HALL_ADDRESS))
                .extract()
                .<String>path("player_id");

        post("/api/login", Map.of("name", name, "password", Client.PASSWORD))
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("player_id", equalTo(player));
    }

    @Test
    void another_region_s_player_is_redirected() {
        given().redirects()
                .follow(false)
                .contentType("application/json")
                .body(Map.of("name", "somebody", "password", Client.PASSWORD, "region", GatewaySettings.ELSEWHERE))
                .post("/api/login")
                .then()
                .statusCode(307)
                .header("Location", startsWith("http://" + GatewaySettings.HALL_ELSEWHERE + "/api/login?ticket="))
                .body("region", equalTo(GatewaySettings.ELSEWHERE));
    }

    @Test
    void bad_input_is_a_problem() {
        problem(post("/api/login", Map.of("name", "nobody-here", "password", Client.PASSWORD)), 401, "LOGIN_FAILED");
        problem(post("/api/register", Map.of("name", "x", "password", Client.PASSWORD)), 400, "NAME_INVALID");
        problem(post("/api/register", Map.of("name", Client.freshName())), 400, "REQUEST_INVALID");
        problem(post("/api/register", "{\"name\": "), 400, "REQUEST_INVALID");
        problem(post("/api/register", "{\"name\": {\"a\": 1}}"), 400, "REQUEST_INVALID");
        problem(post("/api/register", "null"), 400, "REQUEST_INVALID");
        problem(post("/api/register", ""), 400, "REQUEST_INVALID");
        problem(
                post("/api/login", Map.of("name", "abc", "password", Client.PASSWORD, "region", "atlantis")),
                400,
                "REGION_UNKNOWN");
        problem(post("/api/nothing", Map.of()), 404, "PATH_UNKNOWN");
        problem(given().get("/api/login").then(), 405, "METHOD_NOT_ALLOWED");
    }

    private static void problem(ValidatableResponse response, int status, String code) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body(not(containsString("\tat ")));
    }

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json").body(body).post(path).then();
    }
}
