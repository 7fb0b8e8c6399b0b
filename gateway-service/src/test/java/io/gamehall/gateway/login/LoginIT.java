package io.gamehall.gateway.login;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service, also as a native image: register, log in, look at the rooms. */
@QuarkusIntegrationTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class LoginIT {
    private static final Map<String, String> CREDENTIALS =
            Map.of("name", "it-" + System.currentTimeMillis(), "password", "correct horse");

    @Test
    void a_player_registers_logs_in_and_lists_rooms() {
        var player = given().contentType("application/json")
                .body(CREDENTIALS)
                .post("/api/register")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("player_id");

        var token = given().contentType("application/json")
                .body(CREDENTIALS)
                .post("/api/login")
                .then()
                .statusCode(200)
                .body("player_id", equalTo(player))
                .extract()
                .<String>path("token");

        given().header("authorization", "Bearer " + token)
                .get("/api/rooms")
                .then()
                .statusCode(200);
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }
}
