package io.gamehall.activity.join;

import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.Given;
import io.gamehall.activity.TopicReader;
import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.ActivityJoin;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a crash leaves behind is mended. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class RelayAndRebuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Activities activities;

    @Inject
    Participants participants;

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    @Test
    void a_join_left_in_the_outbox_is_published() throws Exception {
        var id = Given.activity("relay");
        var player = newPlayer();
        join(newPlayer(), id).statusCode(201);
        // As a process does that is killed right after Redis has decided.
        participants
                .admit(activities.get(new ActivityId(id)), new JoinRequest(player, cell.name(), JoinRequest.NEXT))
                .await()
                .indefinitely();

        var records = TopicReader.await(Topics.ACTIVITY_JOINS, 1, TopicReader.keyed(Long.toString(player)));

        assertThat(records).isNotEmpty();
        assertThat(ActivityJoin.parseFrom(records.getFirst().value()).getJoinId())
                .isEqualTo(id + ":" + player + ":1");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> redis.stream(String.class).xlen(keys(id).outbox()) == 0);
    }

    @Test
    void an_activity_that_redis_has_lost_is_rebuilt_before_it_takes_joins_again() {
        var id = Given.activity("rebuild", "\"quota\":3", "\"per_player\":2");
        var one = newPlayer();
        var other = newPlayer();
        var before = join(one, id).statusCode(201).extract().body().asString();
        join(other, id).statusCode(201);
        var keys = keys(id);

        redis.key().del(keys.state(), keys.marks(), keys.outbox());

        join(newPlayer(), id).statusCode(503);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> Given.player(one)
                .post("/api/activities/" + id + "/joins?ordinal=1")
                .then()
                .statusCode(200));
        var after = Given.player(one).post("/api/activities/" + id + "/joins?ordinal=1");
        assertThat(after.body().asString()).isEqualTo(before);
        join(one, id).statusCode(201);
        join(other, id).statusCode(409);
        given().get("/q/health/ready").then().statusCode(200);
    }

    private ActivityKeys keys(String id) {
        return ActivityKeys.of(cell.name(), id);
    }
}
