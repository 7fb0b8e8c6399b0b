package io.gamehall.reward;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.GameResult;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code hall accounts move}, as a process of its own, between this cell and another on the real servers. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class MoveAccountTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** It is patient itself, for two minutes with each thing that it waits for. */
    private static final Duration MOVE_MAX = Duration.ofMinutes(5);

    private static HallServers.Servers there;
    private static Outside outside;

    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    private final long player = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 51);
    private final long stayer = player + 1;
    private final String name = "p-" + Long.toString(player, 36);

    @BeforeAll
    static void open() {
        there = HallServers.freshCell();
        outside = new Outside();
    }

    @AfterAll
    static void close() {
        outside.close();
    }

    @Test
    void an_account_takes_along_all_that_was_booked_and_nothing_is_booked_twice() throws Exception {
        register();
        var join = Outside.join(player, 1, "points", "points", 50);
        outside.send(join);
        outside.send(Outside.join(player, 2, "item", "sword", 2));
        outside.send(Outside.result(player, 1, GameResult.Outcome.WON, 900_000));
        outside.send(Outside.result(player, 2, GameResult.Outcome.LOST, -10));
        await().atMost(PATIENCE).until(() -> ranked().contains(Long.toString(player)));

        move();

        assertThat(state(here())).isEqualTo("LEFT " + there.cell());
        assertThat(state(away())).isEqualTo("LIVE " + cell.name());
        assertSame("player_points", 1);
        assertSame("player_holding", 1);
        assertSame("reward_grant", 2);
        assertSame("player_score", 1);
        assertSame("score_fact", 2);
        assertThat(away("SELECT points - (SELECT SUM(amount) FROM %1$s.reward_grant WHERE player_id = ? AND kind ="
                        + " 'points') FROM %1$s.player_points WHERE player_id = ?"))
                .as("what the ledger does not explain")
                .isZero();
        assertThat(away("SELECT COUNT(*) FROM %1$s.leaderboard_debt WHERE owed > settled AND ? = ?"))
                .as("leaderboards of the new region are to be rebuilt")
                .isOne();
        await().atMost(PATIENCE).untilAsserted(() -> as(player)
                .get("/api/accounts/me")
                .then()
                .statusCode(401)
                .body("code", equalTo("SESSION_ENDED")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ranked()).isNotEmpty().doesNotContain(Long.toString(player)));

        var revocation = given().header("authorization", "Bearer " + TestTickets.admin())
                .contentType(ContentType.JSON)
                .body("{\"why\": \"a bot\"}")
                .post("/api/admin/players/" + player + "/rewards/grant/" + join.getJoinId() + "/revoke");
        revocation
                .then()
                .statusCode(503)
                .body("code", equalTo("ACCOUNT_MOVING"))
                .body("region", equalTo(there.cell()));

        // Told again where it was: the player hears of it once more, and it is the same on both sides.
        outside.send(join);
        await().atMost(PATIENCE).until(() -> heard(join) >= 2);
        move();
        assertSame("player_points", 1);
        assertSame("reward_grant", 2);
    }

    private long heard(ActivityJoin join) {
        return outside.notices(player).stream()
                .filter(notice -> notice.getNoticeId().equals("grant/" + join.getJoinId()))
                .count();
    }

    private List<String> ranked() {
        var board = as(stayer).get("/api/leaderboards/mahjong?limit=100");
        return board.statusCode() == 200 ? board.path("places.player_id") : List.of();
    }

    private static RequestSpecification as(long player) {
        return given().header("authorization", "Bearer " + TestTickets.player(player));
    }

    private void register() {
        redis.hash(String.class).hset(cell.name() + ":halls", "a-gateway", "load");
        run("INSERT INTO account (region, player_id, name, password_hash) VALUES ('%s', ?, '%s', '!')"
                .formatted(cell.name(), name));
        outside.send(Outside.result(stayer, 1, GameResult.Outcome.WON, 800_000));
        run("INSERT INTO account_identity (region, issuer, subject, player_id) VALUES ('%s', 'issuer', '%s', ?)"
                .formatted(cell.name(), name));
    }

    private void move() throws IOException, InterruptedException {
        var dist = Path.of("..", "hallctl", "target", "dist").toAbsolutePath();
        var database = URI.create(there.config().get("quarkus.datasource.reactive.url"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                dist.resolve("hallctl.jar") + ":" + dist.resolve("lib") + "/*",
                "io.gamehall.hallctl.Hallctl",
                "accounts",
                "move",
                Long.toString(player),
                "--from=" + cell.name(),
                "--to=" + there.cell(),
                "--settle=0",
                "--db=127.0.0.1:" + database.getPort(),
                "--db-user=" + there.config().get("quarkus.datasource.username"),
                "--redis="
                        + URI.create(there.config().get("quarkus.redis.hosts")).getAuthority(),
                "--kafka=" + there.config().get("kafka.bootstrap.servers")));
        var output = Files.createTempFile("move", ".log");
        var program = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        program.environment().put("QUARKUS_DATASOURCE_PASSWORD", there.config().get("quarkus.datasource.password"));
        var running = program.start();
        try {
            var ended = running.waitFor(MOVE_MAX.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended)
                    .as("it ends; so far: %s", Files.readString(output))
                    .isTrue();
            assertThat(running.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            running.destroyForcibly();
        }
        Files.delete(output);
    }

    private String here() {
        return database(cell.name());
    }

    private static String away() {
        return database(there.cell());
    }

    private static String database(String cell) {
        return "gamehall_" + cell.replace('-', '_');
    }

    private String state(String database) {
        var row = one("SELECT state, other_region FROM %s.account WHERE player_id = ?".formatted(database));
        return row.getString(0) + " " + row.getString(1);
    }

    /** A number out of the other cell's database; the player is asked for twice. */
    private long away(String sql) {
        return pool.preparedQuery(sql.formatted(away()))
                .execute(Tuple.of(player, player))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getLong(0);
    }

    /** The player has the same rows in both cells, so many. */
    private void assertSame(String table, int rows) {
        for (var sides : List.of(List.of(here(), away()), List.of(away(), here()))) {
            var select = "SELECT * FROM %s.%s WHERE player_id = ?";
            var one = select.formatted(sides.getFirst(), table);
            assertThat(run(one).size()).as(table).isEqualTo(rows);
            var rest = pool.preparedQuery(one + " EXCEPT " + select.formatted(sides.getLast(), table))
                    .execute(Tuple.of(player, player))
                    .await()
                    .atMost(PATIENCE);
            assertThat(rest.size()).as(table + " of " + sides.getFirst()).isZero();
        }
    }

    private Row one(String sql) {
        return run(sql).iterator().next();
    }

    private RowSet<Row> run(String sql) {
        return pool.preparedQuery(sql).execute(Tuple.of(player)).await().atMost(PATIENCE);
    }
}
