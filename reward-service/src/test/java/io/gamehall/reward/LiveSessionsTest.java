package io.gamehall.reward;

import static io.restassured.RestAssured.given;
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
import io.restassured.response.Response;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that is over is over here, too, and one of another region never was one. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class LiveSessionsTest {
    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 52);
    private final RedisDataSource redis;
    private final Cell cell;

    LiveSessionsTest(RedisDataSource redis, Cell cell) {
        this.redis = redis;
        this.cell = cell;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts/me", "/api/grants/me", "/api/ledger/me", "/api/holdings/me"})
    void a_session_that_was_displaced_unheard_is_refused(String path) {
        redis.hash(String.class).hset(LiveTickets.key(cell.name(), player), "gen", "11");

        refused(get(TestTickets.player(player, 10), path), "SESSION_ENDED");
        get(TestTickets.player(player, 11), path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts/me", "/api/grants/me", "/api/ledger/me", "/api/holdings/me"})
    void a_session_that_ends_is_refused_as_soon_as_that_is_heard(String path) {
        var token = TestTickets.player(player, 10);
        get(token, path).then().statusCode(200);

        redis.pubsub(String.class).publish(SessionNews.channel(cell.name()), player + ":11");

        await().until(() -> get(token, path).statusCode() == 401);
        refused(get(token, path), "SESSION_ENDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts/me", "/api/grants/me", "/api/ledger/me", "/api/holdings/me"})
    void a_session_of_another_region_is_refused(String path) {
        refused(get(TestTickets.ofRegion("elsewhere", player, "player"), path), "TOKEN_INVALID");
    }

    private static Response get(String token, String path) {
        return given().header("authorization", "Bearer " + token).get(path);
    }

    private static void refused(Response answer, String reason) {
        answer.then().statusCode(401).body("code", equalTo(reason));
    }
}
