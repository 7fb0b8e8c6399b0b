package io.gamehall.activity.join.rest;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.gamehall.activity.Given;
import io.gamehall.activity.TopicReader;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Problem;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.ActivityJoin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class JoinResourceTest {
    @Inject
    Pool pool;

    @Test
    void a_join_is_answered_and_stands_in_kafka_and_in_the_ledger() throws Exception {
        var activity = activity("accepted");
        var player = newPlayer();

        var joinedAt = join(player, activity)
                .statusCode(201)
                .header("location", "/api/activities/" + activity + "/joins/me")
                .body("join_id", equalTo(activity + ":" + player + ":1"))
                .body("activity_id", equalTo(activity))
                .body("player_id", equalTo(Long.toString(player)))
                .body("ordinal", equalTo(1))
                .extract()
                .<Long>path("joined_at_ms");

        var records = TopicReader.await(Topics.ACTIVITY_JOINS, 1, TopicReader.keyed(Long.toString(player)));
        var record = ActivityJoin.parseFrom(records.getFirst().value());
        assertThat(record.getJoinId()).isEqualTo(activity + ":" + player + ":1");
        assertThat(record.getRegion()).isEqualTo(HallServers.servers().cell());
        assertThat(record.getJoinedAtMs()).isEqualTo(joinedAt);
        assertThat(record.getReward().getKind()).isEqualTo("points");
        assertThat(record.getReward().getAmount()).isEqualTo(100);
        Awaitility.await().until(() -> ledgerTime(player, activity) == joinedAt);
    }

    @Test
    void a_repeat_gives_the_same_join() {
        var activity = activity("repeat");
        var player = newPlayer();
        var first = join(player, activity).statusCode(201).extract().body().asString();

        var second = join(player, activity).statusCode(200).extract().body().asString();

        assertThat(second).isEqualTo(first);
        player(player)
                .get("/api/activities/" + activity + "/joins/me")
                .then()
                .statusCode(200)
                .body("joins", hasSize(1))
                .body("joins[0].join_id", equalTo(activity + ":" + player + ":1"));
    }

    @Test
    void an_ordinal_makes_the_second_join_repeatable_too() {
        var activity = activity("ordinals", "\"per_player\":2");
        var player = newPlayer();
        join(player, activity).statusCode(201).body("ordinal", equalTo(1));

        player(player)
                .post("/api/activities/" + activity + "/joins?ordinal=2")
                .then()
                .statusCode(201);
        player(player)
                .post("/api/activities/" + activity + "/joins?ordinal=2")
                .then()
                .statusCode(200);
        problem(
                player(player)
                        .post("/api/activities/" + activity + "/joins?ordinal=3")
                        .then(),
                400,
                "REQUEST_INVALID");
        problem(
                player(player)
                        .post("/api/activities/" + activity + "/joins?ordinal=-1")
                        .then(),
                400,
                "REQUEST_INVALID");
    }

    @Test
    void what_is_no_activity_is_refused() {
        problem(join(newPlayer(), "no-such-activity"), 404, "ACTIVITY_NOT_FOUND");
        problem(join(newPlayer(), "Not_An_Id"), 400, "REQUEST_INVALID");
        problem(join(newPlayer(), "x".repeat(500)), 400, "REQUEST_INVALID");
        problem(
                player(newPlayer())
                        .get("/api/activities/no-such-activity/joins/me")
                        .then(),
                404,
                "ACTIVITY_NOT_FOUND");
    }

    @Test
    void only_genuine_tickets_join() {
        var activity = activity("tickets");
        var path = "/api/activities/" + activity + "/joins";

        problem(given().post(path).then(), 401, "TOKEN_MISSING");
        problem(Given.bearer(TestTickets.forged(newPlayer())).post(path).then(), 401, "TOKEN_INVALID");
        problem(Given.bearer(TestTickets.expired(newPlayer())).post(path).then(), 401, "TOKEN_EXPIRED");
        problem(Given.bearer("nonsense").post(path).then(), 401, "TOKEN_INVALID");
        problem(Given.bearer("x".repeat(5_000)).post(path).then(), 401, "TOKEN_INVALID");
        problem(given().get(path + "/me").then(), 401, "TOKEN_MISSING");
    }

    @Test
    void a_used_up_quota_is_sold_out() {
        var activity = activity("sold-out", "\"quota\":1");
        join(newPlayer(), activity).statusCode(201);

        problem(join(newPlayer(), activity), 409, "SOLD_OUT");
    }

    @Test
    void outside_of_its_window_an_activity_takes_no_joins() {
        var early = activity("early", "\"opens_at_ms\":4102444700000");
        var late = activity("late", "\"closes_at_ms\":1000");

        problem(join(newPlayer(), early), 409, "ACTIVITY_NOT_OPEN").body("opens_at_ms", equalTo("4102444700000"));
        problem(join(newPlayer(), late), 409, "ACTIVITY_CLOSED");
    }

    @Test
    void a_player_who_asks_too_fast_is_told_when_to_come_back() {
        var activity = activity("too-fast", "\"player_rate\":{\"per_second\":1,\"burst\":1}");
        var player = newPlayer();
        join(player, activity).statusCode(201);

        problem(join(player, activity), 429, "TOO_FAST").header("retry-after", notNullValue());
    }

    @Test
    void a_wrong_method_is_refused() {
        problem(player(newPlayer()).delete("/api/activities/any/joins").then(), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void joins_are_counted() {
        var activity = activity("metrics");
        join(newPlayer(), activity).statusCode(201);

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("gamehall_activity_joins_total{outcome=\"accepted\"}"))
                .body(containsString("gamehall_activity_join_seconds_bucket"))
                .body(containsString("gamehall_activity_outbox_age_seconds"))
                .body(containsString("gamehall_activity_ledger_rows_total"));
    }

    @Test
    void it_is_ready_and_describes_itself() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/started").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200).body(containsString("/api/activities/{id}/joins"));
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("type", endsWith("/" + code));
    }

    private long ledgerTime(long player, String activity) {
        var rows = pool.preparedQuery(
                        "SELECT joined_at_ms FROM activity_join WHERE player_id = ? AND activity_id = ? AND ordinal = 1")
                .execute(Tuple.of(player, activity))
                .await()
                .indefinitely();
        return rows.size() == 0 ? -1 : rows.iterator().next().getLong(0);
    }
}
