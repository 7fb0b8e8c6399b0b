package io.gamehall.activity;

import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.ActivityJoin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The main path against the packaged program: the jar, or the native image under {@code -Dnative}. */
@QuarkusIntegrationTest
@QuarkusTestResource(HallServers.class)
class JoinIT {
    @Test
    void a_player_joins_once_and_kafka_has_it() throws Exception {
        var activity = Given.activity("packaged", "\"quota\":2");
        var player = newPlayer();

        join(player, activity).statusCode(201).body("join_id", equalTo(activity + ":" + player + ":1"));
        join(player, activity).statusCode(200);
        join(newPlayer(), activity).statusCode(201);
        join(newPlayer(), activity).statusCode(409).body("code", equalTo("SOLD_OUT"));

        player(player)
                .get("/api/activities/" + activity + "/joins/me")
                .then()
                .statusCode(200)
                .body("joins", hasSize(1));
        Awaitility.await().untilAsserted(() -> player(player)
                .get("/api/activities/" + activity)
                .then()
                .statusCode(200)
                .body("remaining", equalTo(0))
                .body("status", equalTo("sold_out")));
        var records = TopicReader.await(Topics.ACTIVITY_JOINS, 1, TopicReader.keyed(Long.toString(player)));
        assertThat(ActivityJoin.parseFrom(records.getFirst().value()).getActivityId())
                .isEqualTo(activity);
    }

    @Test
    void bad_requests_are_answered_clearly() {
        join(newPlayer(), "no-such-activity").statusCode(404).body("code", equalTo("ACTIVITY_NOT_FOUND"));
        Given.bearer(TestTickets.forged(newPlayer()))
                .post("/api/activities/any/joins")
                .then()
                .statusCode(401)
                .body("code", equalTo("TOKEN_INVALID"));
        Given.admin()
                .contentType("application/json")
                .body("{\"id\":")
                .post("/api/activities")
                .then()
                .statusCode(400)
                .body("code", equalTo("REQUEST_INVALID"));
    }

    @Test
    void it_is_healthy() {
        given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200);
    }
}
