package io.gamehall.activity.degrade.rest;

import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.gamehall.activity.Given;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class SwitchResourceTest {
    private static final String WHY = "{\"why\":\"an incident\"}";

    @Inject
    Pool pool;

    @AfterEach
    void everythingIsOnAgain() {
        Given.admin().delete("/api/switches/off/joins").then().statusCode(204);
    }

    @Test
    void joins_of_all_activities_are_off_until_they_are_on_again_and_reads_go_on() {
        var activity = Given.activity("switched");
        var player = newPlayer();
        join(player, activity).statusCode(201);

        off("joins").statusCode(204);

        join(newPlayer(), activity)
                .statusCode(503)
                .header("retry-after", notNullValue())
                .body("code", equalTo("ACTIVITY_SUSPENDED"));
        Given.player(player).get("/api/activities/" + activity).then().statusCode(200);
        Given.player(player)
                .get("/api/activities/" + activity + "/joins/me")
                .then()
                .statusCode(200);
        Given.admin()
                .get("/api/switches/off")
                .then()
                .statusCode(200)
                .body("name", hasItem("joins"))
                .body("why", hasItem("an incident"))
                .body("by_player_id", hasItem("1"));
        Given.admin().delete("/api/switches/off/joins").then().statusCode(204);
        join(newPlayer(), activity).statusCode(201);
    }

    @Test
    void joins_of_one_activity_are_off_and_those_of_others_are_not() {
        var one = Given.activity("off");
        var other = Given.activity("on");

        off("joins/" + one).statusCode(204);

        join(newPlayer(), one).statusCode(503).body("code", equalTo("ACTIVITY_SUSPENDED"));
        join(newPlayer(), other).statusCode(201);
        Given.admin().delete("/api/switches/off/joins/" + one).then().statusCode(204);
        join(newPlayer(), one).statusCode(201);
        Given.admin().get("/api/switches/off").then().statusCode(200).body("name", not(hasItem("joins/" + one)));
    }

    @Test
    void what_another_instance_has_switched_off_is_off_here_soon() {
        var activity = Given.activity("elsewhere");
        join(newPlayer(), activity).statusCode(201);

        pool.query("INSERT INTO activity_switch (name, why, by_player, at_ms) VALUES ('joins', 'elsewhere', 1, 1)")
                .execute()
                .await()
                .indefinitely();

        Awaitility.await()
                .untilAsserted(
                        () -> join(newPlayer(), activity).statusCode(503).body("code", equalTo("ACTIVITY_SUSPENDED")));
    }

    @Test
    void only_administrators_switch_and_they_say_why() {
        Given.player(newPlayer())
                .contentType(ContentType.JSON)
                .body(WHY)
                .put("/api/switches/off/joins")
                .then()
                .statusCode(403)
                .body("code", equalTo("ROLE_MISSING"));
        Given.player(newPlayer()).get("/api/switches/off").then().statusCode(403);
        Given.player(newPlayer()).delete("/api/switches/off/joins").then().statusCode(403);
        Given.admin()
                .contentType(ContentType.JSON)
                .body("{\"why\":\"\"}")
                .put("/api/switches/off/joins")
                .then()
                .statusCode(400)
                .body("code", equalTo("REQUEST_INVALID"));
        off("joins/Not_An_Id").statusCode(400);
    }

    private static io.restassured.response.ValidatableResponse off(String name) {
        return Given.admin()
                .contentType(ContentType.JSON)
                .body(WHY)
                .put("/api/switches/off/" + name)
                .then();
    }
}
