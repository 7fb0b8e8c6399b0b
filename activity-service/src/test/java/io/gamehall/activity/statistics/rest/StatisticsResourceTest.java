package io.gamehall.activity.statistics.rest;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.admin;
import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class StatisticsResourceTest {
    private static final long MINUTE = 60_000;
    private static final long NOON = 1_700_000_000_000L / MINUTE * MINUTE;

    @Inject
    Pool pool;

    @Test
    void joins_are_counted_per_minute_and_by_region() {
        var id = activity("counted");
        ledger(id, NOON - 1, "sichuan-telecom");
        ledger(id, NOON, "sichuan-telecom");
        ledger(id, NOON + MINUTE - 1, "shenzhen-telecom");
        ledger(id, NOON + 2 * MINUTE, "sichuan-telecom");
        ledger(id, NOON + 3 * MINUTE, "sichuan-telecom");
        ledger(activity("another"), NOON, "sichuan-telecom");

        statistics(id, "from_ms=" + (NOON + 1) + "&to_ms=" + (NOON + 2 * MINUTE + 1))
                .statusCode(200)
                .body("activity_id", equalTo(id))
                .body("from_ms", equalTo(NOON))
                .body("to_ms", equalTo(NOON + 3 * MINUTE))
                .body("joins", equalTo(3))
                .body("minutes.at_ms", contains(NOON, NOON + 2 * MINUTE))
                .body("minutes.joins", contains(2, 1))
                .body("regions.region", contains("shenzhen-telecom", "sichuan-telecom"))
                .body("regions.joins", contains(1, 2));
    }

    @Test
    void the_last_hour_is_counted_when_no_window_is_named() {
        var id = activity("last-hour");
        join(newPlayer(), id).statusCode(201);

        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> statistics(id, "")
                .statusCode(200)
                .body("joins", equalTo(1))
                .body("regions[0].region", equalTo(HallServers.servers().cell())));
    }

    @Test
    void a_window_without_joins_is_empty() {
        statistics(activity("quiet"), "from_ms=0&to_ms=1")
                .statusCode(200)
                .body("joins", equalTo(0))
                .body("minutes", empty())
                .body("regions", empty());
    }

    @Test
    void a_window_that_makes_no_sense_is_refused() {
        var id = activity("windows");

        problem(statistics(id, "from_ms=1000&to_ms=1000"), 400, "REQUEST_INVALID");
        problem(statistics(id, "from_ms=-1&to_ms=1000"), 400, "REQUEST_INVALID");
        problem(statistics(id, "from_ms=0&to_ms=tomorrow"), 400, "REQUEST_INVALID");
        problem(statistics(id, "from_ms=0&to_ms=99999999999999999"), 400, "REQUEST_INVALID");
        problem(statistics(id, "from_ms=" + NOON + "&to_ms=" + (NOON + 1441 * MINUTE)), 400, "REQUEST_INVALID")
                .body("detail", containsString("1440 minutes"));
        statistics(id, "from_ms=" + NOON + "&to_ms=" + (NOON + 1440 * MINUTE)).statusCode(200);
    }

    @Test
    void only_administrators_see_them_and_of_activities_that_exist() {
        problem(player(newPlayer()).get("/api/activities/any/statistics").then(), 403, "ROLE_MISSING");
        problem(statistics("no-such-activity", ""), 404, "ACTIVITY_NOT_FOUND");
        problem(statistics("Not_An_Id", ""), 400, "REQUEST_INVALID");
    }

    @Test
    void one_index_holds_all_that_is_counted() {
        var plan = pool.query("EXPLAIN SELECT joined_at_ms DIV 60000 AS minute, region, COUNT(*) FROM activity_join"
                        + " WHERE activity_id = 'x' AND joined_at_ms >= 0 AND joined_at_ms < 60000"
                        + " GROUP BY minute, region")
                .executeAndAwait()
                .iterator()
                .next();

        assertThat(plan.getString("key")).isEqualTo("activity_join_by_time");
        assertThat(plan.getString("Extra")).contains("Using index");
    }

    private void ledger(String activity, long atMs, String region) {
        pool.preparedQuery("INSERT INTO activity_join (player_id, activity_id, ordinal, region, joined_at_ms)"
                        + " VALUES (?, ?, 1, ?, ?)")
                .execute(Tuple.of(newPlayer(), activity, region, atMs))
                .await()
                .indefinitely();
    }

    private static ValidatableResponse statistics(String id, String query) {
        return admin().get("/api/activities/" + id + "/statistics" + (query.isEmpty() ? "" : "?" + query))
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status).body("code", equalTo(code));
    }
}
