package io.gamehall.activity.join.rest;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.admin;
import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.gamehall.activity.TopicReader;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Problem;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.ActivityJoin;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an activity may ask of players, as they meet it over REST. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class TermsResourceTest {
    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    @Test
    void who_is_of_another_region_is_not_eligible() {
        var elsewhere = activity("elsewhere", "\"conditions\":[{\"type\":\"region\",\"any_of\":[\"atlantis\"]}]");
        var here = activity(
                "here", "\"conditions\":[{\"type\":\"region\",\"any_of\":[\"atlantis\",\"" + cell.name() + "\"]}]");

        problem(join(newPlayer(), elsewhere), 403, "NOT_ELIGIBLE").body("condition", equalTo("region"));
        join(newPlayer(), here).statusCode(201);
    }

    @Test
    void who_has_not_the_score_is_not_eligible() {
        var activity = activity("score", "\"conditions\":[{\"type\":\"score\",\"game\":\"upgrade\",\"at_least\":100}]");
        var master = newPlayer();
        var beginner = newPlayer();
        score(master, 100);
        score(beginner, 99);

        join(master, activity).statusCode(201);
        problem(join(beginner, activity), 403, "NOT_ELIGIBLE").body("condition", equalTo("score"));
        problem(join(newPlayer(), activity), 403, "NOT_ELIGIBLE");
    }

    @Test
    void who_has_not_joined_the_prerequisite_is_not_eligible() {
        var first = activity("first", "\"per_player\":2", "\"shards\":3");
        var second = activity("second", "\"conditions\":[{\"type\":\"joined\",\"activity\":\"" + first + "\"}]");
        var player = newPlayer();
        var late = newPlayer();
        join(player, first).statusCode(201);

        join(player, second).statusCode(201);
        problem(join(late, second), 403, "NOT_ELIGIBLE").body("condition", equalTo("joined"));
        join(late, first).statusCode(201);
        join(late, second).statusCode(201);
    }

    @Test
    void the_ledger_knows_a_prerequisite_that_redis_does_not() {
        var player = newPlayer();
        pool.preparedQuery("INSERT INTO activity_join (player_id, activity_id, ordinal, region, joined_at_ms)"
                        + " VALUES (?, 'long-ago', 1, 'here', 1)")
                .execute(Tuple.of(player))
                .await()
                .indefinitely();
        var activity = activity("after", "\"conditions\":[{\"type\":\"joined\",\"activity\":\"long-ago\"}]");

        join(player, activity).statusCode(201);
        problem(join(newPlayer(), activity), 403, "NOT_ELIGIBLE");
    }

    @Test
    void a_player_has_so_many_joins_a_day() {
        var activity = activity("daily", "\"per_player\":5", "\"per_day\":1");
        var player = newPlayer();
        join(player, activity).statusCode(201).body("ordinal", equalTo(1));

        join(player, activity).statusCode(200).body("ordinal", equalTo(1));
        problem(
                        player(player)
                                .post("/api/activities/" + activity + "/joins?ordinal=2")
                                .then(),
                        409,
                        "DAY_USED_UP")
                .body("next_day_at_ms", notNullValue());
    }

    @Test
    void a_busy_activity_lets_the_allow_list_through() {
        var vip = newPlayer();
        var activity = activity(
                "busy",
                "\"activity_rate\":{\"per_second\":1,\"burst\":1}",
                "\"per_player\":100",
                "\"player_rate\":{\"per_second\":1,\"burst\":1}",
                "\"allow_list\":[\"" + Long.toUnsignedString(vip) + "\"]");

        join(vip, activity).statusCode(201);
        // As after a rush that took an hour's tokens.
        var inAnHour = Long.toString((System.currentTimeMillis() + 3_600_000) * 1000);
        redis.hash(String.class)
                .hset(ActivityKeys.of(cell.name(), activity).state(), Map.of("owed", "1000000", "owed_at", inAnHour));

        for (var joins = 2; joins <= 20; joins++) join(vip, activity).statusCode(201);
        problem(join(newPlayer(), activity), 429, "ACTIVITY_BUSY").header("retry-after", notNullValue());
    }

    @Test
    void players_do_not_see_who_is_on_the_allow_list() {
        var activity = activity("discreet", "\"allow_list\":[\"12345\"]");
        var path = "/api/activities/" + activity;

        admin().get(path).then().statusCode(200).body("allow_list[0]", equalTo("12345"));
        assertThat(player(newPlayer()).get(path).asString()).doesNotContain("12345", "allow_list");
        assertThat(player(newPlayer()).get("/api/activities").asString()).doesNotContain("allow_list");
    }

    @Test
    void what_an_administrator_has_is_not_what_a_player_has() {
        var path = "/api/activities/" + activity("tagged", "\"allow_list\":[\"12345\"]");
        var whole = admin().get(path).header("etag");
        var part = player(newPlayer()).get(path).header("etag");

        admin().header("if-none-match", whole).get(path).then().statusCode(304);
        admin().header("if-none-match", part).get(path).then().statusCode(200).body("allow_list[0]", equalTo("12345"));
        player(newPlayer()).header("if-none-match", whole).get(path).then().statusCode(200);
    }

    @Test
    void a_reward_to_be_claimed_is_told_so() throws Exception {
        var activity = activity(
                "claimed", "\"reward\":{\"kind\":\"item\",\"name\":\"Lantern\",\"amount\":1,\"delivery\":\"claimed\"}");
        var player = newPlayer();
        join(player, activity).statusCode(201);

        var records = TopicReader.await(Topics.ACTIVITY_JOINS, 1, TopicReader.keyed(Long.toString(player)));

        assertThat(ActivityJoin.parseFrom(records.getFirst().value())
                        .getReward()
                        .getClaimed())
                .isTrue();
    }

    @Test
    void an_edit_of_the_quota_reaches_every_shard() {
        var activity = activity("reshared", "\"quota\":4", "\"shards\":4");
        for (var joins = 0; joins < 4; joins++) join(newPlayer(), activity).statusCode(201);
        problem(join(newPlayer(), activity), 409, "SOLD_OUT");

        edit(activity, "{\"version\":1,\"quota\":6}").statusCode(200);

        for (var joins = 0; joins < 2; joins++) join(newPlayer(), activity).statusCode(201);
        problem(join(newPlayer(), activity), 409, "SOLD_OUT");
        for (var keys : ActivityKeys.all(cell.name(), activity, 4)) {
            assertThat(redis.hash(String.class).hget(keys.state(), "version")).isEqualTo("2");
        }
        Awaitility.await().untilAsserted(() -> player(newPlayer())
                .get("/api/activities/" + activity)
                .then()
                .body("remaining", equalTo(0)));
        problem(edit(activity, "{\"version\":2,\"shards\":5}"), 400, "ACTIVITY_INVALID")
                .body("errors[0].pointer", equalTo("#/shards"));
    }

    private static ValidatableResponse edit(String activity, String patch) {
        return admin().contentType(ContentType.JSON)
                .body(patch)
                .patch("/api/activities/" + activity)
                .then();
    }

    private void score(long player, long score) {
        pool.preparedQuery("INSERT INTO player_score (player_id, game, score, wins, losses, draws, disputed, version)"
                        + " VALUES (?, 'upgrade', ?, 1, 0, 0, 0, 1)")
                .execute(Tuple.of(player, score))
                .await()
                .indefinitely();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status).contentType(Problem.MEDIA_TYPE).body("code", equalTo(code));
    }
}
