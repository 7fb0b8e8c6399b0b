package io.gamehall.activity;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.bearer;
import static io.gamehall.activity.Given.newPlayer;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.platform.Cell;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.SessionNews;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Who may come in: a session that is over is over here, too, and one of another region never was one. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class LiveSessionsTest {
    private final RedisDataSource redis;
    private final Cell cell;

    LiveSessionsTest(RedisDataSource redis, Cell cell) {
        this.redis = redis;
        this.cell = cell;
    }

    @Test
    void a_session_of_a_player_who_was_displaced_unheard_joins_nothing() {
        var activity = activity("displaced");
        var player = newPlayer();
        begin(player, 11);

        refused(TestTickets.player(player, 10), "SESSION_ENDED", "/api/activities/" + activity);
        refused(TestTickets.player(player, 10), "SESSION_ENDED", "/api/activities");
        refused(TestTickets.player(player, 10), "SESSION_ENDED", "/api/activities/" + activity + "/joins/me");
        var join = "/api/activities/" + activity + "/joins";
        bearer(TestTickets.player(player, 10)).post(join).then().statusCode(401).body("code", equalTo("SESSION_ENDED"));
        bearer(TestTickets.player(player, 11)).post(join).then().statusCode(201);
    }

    @Test
    void a_session_that_ends_while_it_plays_is_refused_as_soon_as_that_is_heard() {
        var player = newPlayer();
        var token = TestTickets.player(player, 10);
        // Its session is known by this, and would be for 15 s.
        bearer(token).get("/api/activities").then().statusCode(200);

        redis.pubsub(String.class).publish(SessionNews.channel(cell.name()), player + ":11:out");

        await().until(() -> bearer(token).get("/api/activities").statusCode() == 401);
        refused(token, "SESSION_ENDED", "/api/activities");
    }

    @Test
    void a_session_of_another_region_is_refused_whatever_its_roles() {
        var activity = activity("foreign");

        refused(TestTickets.ofRegion("elsewhere", newPlayer(), "player"), "TOKEN_INVALID", "/api/activities");
        bearer(TestTickets.ofRegion("elsewhere", 1, "admin"))
                .post("/api/activities/" + activity + "/pause")
                .then()
                .statusCode(401)
                .body("code", equalTo("TOKEN_INVALID"));
    }

    @Test
    void a_guest_looks_and_does_not_join() {
        var activity = activity("guests");
        var token = TestTickets.ofRegion(cell.name(), newPlayer(), "guest");

        bearer(token).get("/api/activities/" + activity).then().statusCode(200);
        bearer(token)
                .post("/api/activities/" + activity + "/joins")
                .then()
                .statusCode(403)
                .body("code", equalTo("ROLE_MISSING"));
    }

    private void begin(long player, long generation) {
        redis.hash(String.class).hset(LiveTickets.key(cell.name(), player), "gen", Long.toString(generation));
    }

    private static void refused(String token, String reason, String path) {
        bearer(token).get(path).then().statusCode(401).body("code", equalTo(reason));
    }
}
