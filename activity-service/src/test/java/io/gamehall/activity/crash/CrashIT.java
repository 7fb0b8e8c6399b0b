package io.gamehall.activity.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.Given;
import io.gamehall.platform.testing.TestTickets;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The packaged service under load while it, Redis or the broker is killed and comes back: afterwards exactly the players
 * who were told so have joined, each once in the ledger, and all of the quota is given, no more.
 */
class CrashIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ACTIVITY = "crash";
    private static final int QUOTA = 2_000;

    private final long seed = Long.getLong("gamehall.testing.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void killed_service() throws Exception {
        try (var hall = hall("service");
                var crowd = new Crowd(hall, ACTIVITY).begin()) {
            for (var kill = 1; kill <= 2; kill++) {
                awaitJoined(crowd, kill * 500 + random.nextInt(400));
                hall.service.kill();
                hall.service.start();
            }
            crowd.awaitSoldOut(PATIENCE);

            assertThat(crowd.refusals("no answer")).isPositive();
            assertAllIsWell(hall, crowd);
        }
    }

    @Test
    void redis_that_comes_back_empty() throws Exception {
        try (var hall = hall("redis-empty");
                var crowd = new Crowd(hall, ACTIVITY).begin()) {
            awaitJoined(crowd, 400 + random.nextInt(800));
            hall.redis.kill();
            hall.redis.start();
            crowd.awaitSoldOut(PATIENCE);

            assertAllIsWell(hall, crowd);
        }
    }

    @Test
    void redis_that_comes_back_with_what_it_knew_a_while_ago() throws Exception {
        try (var hall = hall("redis-behind");
                var crowd = new Crowd(hall, ACTIVITY).begin()) {
            awaitJoined(crowd, 200 + random.nextInt(200));
            assertThat(hall.redis("SAVE")).isEqualTo("+OK");
            awaitJoined(crowd, crowd.joined().size() + 400 + random.nextInt(400));
            hall.redis.kill();
            hall.redis.start();
            crowd.awaitSoldOut(PATIENCE);

            assertAllIsWell(hall, crowd);
        }
    }

    @Test
    void killed_broker() throws Exception {
        try (var hall = hall("kafka");
                var crowd = new Crowd(hall, ACTIVITY).begin()) {
            awaitJoined(crowd, 400 + random.nextInt(800));
            hall.kafka.kill();
            Awaitility.await().atMost(PATIENCE).until(() -> crowd.refusals("DEPENDENCY_UNAVAILABLE") > 0);
            hall.kafka.start();
            crowd.awaitSoldOut(PATIENCE);

            assertAllIsWell(hall, crowd);
        }
    }

    private CrashHall hall(String name) throws Exception {
        System.out.println("CrashIT " + name + ": -Dgamehall.testing.seed=" + seed);
        var hall = new CrashHall(name);
        var request = HttpRequest.newBuilder(hall.uri("/api/activities"))
                .header("authorization", "Bearer " + TestTickets.ofRegion(hall.cell.cell(), 1, "admin"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Given.definition(ACTIVITY, "\"quota\":" + QUOTA)))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
        return hall;
    }

    private static void awaitJoined(Crowd crowd, int players) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> crowd.joined().size() >= players);
    }

    private static void assertAllIsWell(CrashHall hall, Crowd crowd) throws Exception {
        var joined = crowd.joined();
        assertThat(joined).hasSize(QUOTA);
        var pool = pool(hall);
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> ledger(pool).size() >= QUOTA);
            assertThat(ledger(pool)).isEqualTo(joined);
        } finally {
            pool.close().toCompletionStage().toCompletableFuture().join();
        }
        var anybody = joined.keySet().iterator().next();
        assertThat(crowd.ask(anybody).statusCode()).isEqualTo(200);
    }

    /** Players and the ids of their joins; fails where a player has two. */
    private static Map<Long, String> ledger(Pool pool) {
        var rows = pool.preparedQuery("SELECT player_id, ordinal FROM activity_join WHERE activity_id = ?")
                .execute(Tuple.of(ACTIVITY))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var ledger = new HashMap<Long, String>();
        for (var row : rows) {
            var player = row.getLong(0);
            assertThat(ledger.put(player, ACTIVITY + ":" + player + ":" + row.getInteger(1)))
                    .isNull();
        }
        return ledger;
    }

    private static Pool pool(CrashHall hall) {
        var config = hall.cell.config();
        return MySQLBuilder.pool()
                .connectingTo(MySQLConnectOptions.fromUri(config.get("quarkus.datasource.reactive.url"))
                        .setUser(config.get("quarkus.datasource.username"))
                        .setPassword(config.get("quarkus.datasource.password")))
                .build();
    }
}
