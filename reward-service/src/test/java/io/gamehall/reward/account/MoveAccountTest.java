package io.gamehall.reward.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.reward.Outside;
import io.gamehall.v1.GameResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code hall accounts move}, as a process of its own, between this cell and another on the real servers. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class MoveAccountTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FACTS = 3_000;
    private static HallServers.Servers there;
    private static Outside outside;

    @Inject
    Pool pool;

    @Inject
    Cell cell;

    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 51);
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
    void an_account_takes_along_all_that_is_the_player_s() throws Exception {
        register();
        outside.send(Outside.join(player, 1, "points", "points", 50));
        outside.send(Outside.result(player, 1, GameResult.Outcome.WON, 30));
        await().atMost(PATIENCE).until(() -> count("player_points") == 1 && count("player_score") == 1);

        assertThat(hall().waitFor()).isZero();

        assertThat(state(here())).isEqualTo("LEFT " + there.cell());
        assertThat(state(away())).isEqualTo("LIVE " + cell.name());
        assertThat(one("SELECT name FROM %s.account WHERE player_id = ?".formatted(away()))
                        .getString(0))
                .isEqualTo(name);
        assertThat(one("SELECT subject FROM %s.account_identity WHERE player_id = ?".formatted(away()))
                        .getBuffer(0)
                        .toString())
                .isEqualTo(name);
        for (var table : List.of("player_points", "player_score", "score_fact", "reward_grant")) {
            assertThat(count(table)).as(table).isEqualTo(1);
            assertSame(table);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().header("authorization", "Bearer " + TestTickets.player(player))
                        .get("/api/accounts/me")
                        .then()
                        .statusCode(401)
                        .body("code", equalTo("SESSION_ENDED")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        given().header("authorization", "Bearer " + TestTickets.player(player + 1))
                                .get("/api/leaderboards/mahjong?limit=100")
                                .then()
                                .statusCode(200)
                                .extract()
                                .<List<String>>path("places.player_id"))
                .doesNotContain(Long.toString(player)));
        assertThat(hall().waitFor()).as("again").isZero();
    }

    @Test
    void a_move_that_is_killed_again_and_again_ends_whole() throws Exception {
        register();
        run("INSERT INTO score_fact (player_id, fact_id, game, outcome, delta, score_after, wins_after, losses_after,"
                + " settled_at_ms) SELECT ?, CONCAT('r/', seq), 'upgrade', 'WON', 1, seq, seq, 0, seq FROM seq_1_to_"
                + FACTS);
        run("INSERT INTO player_score (player_id, game, score, wins, losses, draws, disputed, version)"
                + " VALUES (?, 'upgrade', " + FACTS + ", " + FACTS + ", 0, 0, 0, " + FACTS + ")");

        killedWhen(() -> state(here()).startsWith("LEAVING"));
        assertThat(state(here())).isEqualTo("LEAVING " + there.cell());
        killedWhen(() -> copied() > 0);
        killedWhen(() -> copied() > FACTS / 2);
        killedWhen(() -> state(here()).startsWith("LEFT"));

        assertThat(hall().waitFor()).isZero();
        assertThat(state(here())).isEqualTo("LEFT " + there.cell());
        assertThat(state(away())).isEqualTo("LIVE " + cell.name());
        assertThat(copied()).isEqualTo(FACTS);
        assertSame("score_fact");
        assertSame("player_score");
    }

    @Test
    void an_account_does_not_leave_for_where_its_name_is_taken_nor_once_it_is_called_back() throws Exception {
        register();
        run("INSERT INTO %s.account (region, player_id, name, password_hash) VALUES ('%s', ? + 1, '%s', '!')"
                .formatted(away(), there.cell(), name));

        assertThat(hall().waitFor()).isOne();
        assertThat(state(here())).isEqualTo("LIVE null");

        killedWhen(() -> state(here()).startsWith("LEAVING"), "--name", name + "-2");
        assertThat(hall("--cancel").waitFor()).isZero();
        assertThat(state(here())).isEqualTo("LIVE null");
    }

    @Test
    void an_account_moves_back_with_what_it_won_elsewhere() throws Exception {
        register();
        assertThat(hall().waitFor()).isZero();
        run("INSERT INTO %s.player_points (player_id, points, grants, version) VALUES (?, 7, 1, 1)".formatted(away()));

        assertThat(between(there.cell(), cell.name()).waitFor()).isZero();

        assertThat(state(here())).isEqualTo("LIVE " + there.cell());
        assertThat(state(away())).isEqualTo("LEFT " + cell.name());
        assertSame("player_points");
    }

    private void register() {
        run("INSERT INTO account (region, player_id, name, password_hash) VALUES ('%s', ?, '%s', '!')"
                .formatted(cell.name(), name));
        run("INSERT INTO account_identity (region, issuer, subject, player_id) VALUES ('%s', 'issuer', '%s', ?)"
                .formatted(cell.name(), name));
    }

    private interface Seen {
        boolean now();
    }

    /** Starts the program and ends it as soon as something shows; it may have got further by then, or be done. */
    private void killedWhen(Seen seen, String... options) throws Exception {
        var process = hall(options);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> seen.now() || !process.isAlive());
        process.destroyForcibly().waitFor();
    }

    private Process hall(String... options) throws IOException {
        return between(cell.name(), there.cell(), options);
    }

    private Process between(String from, String to, String... options) throws IOException {
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
                "--from=" + from,
                "--to=" + to,
                "--settle=0",
                "--db=127.0.0.1:" + database.getPort(),
                "--db-user=" + there.config().get("quarkus.datasource.username"),
                "--redis="
                        + URI.create(there.config().get("quarkus.redis.hosts")).getAuthority(),
                "--kafka=" + there.config().get("kafka.bootstrap.servers")));
        command.addAll(List.of(options));
        var program = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        program.environment().put("QUARKUS_DATASOURCE_PASSWORD", there.config().get("quarkus.datasource.password"));
        return program.start();
    }

    private static Path output() throws IOException {
        return Files.createDirectories(Path.of("target", "moves")).resolve(System.nanoTime() + ".log");
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

    private long copied() {
        return one("SELECT COUNT(*) FROM %s.score_fact WHERE player_id = ?".formatted(away()))
                .getLong(0);
    }

    private long count(String table) {
        return one("SELECT COUNT(*) FROM " + table + " WHERE player_id = ?").getLong(0);
    }

    private void assertSame(String table) {
        Stream.of(List.of(here(), away()), List.of(away(), here()))
                .forEach(sides -> assertThat(pool.preparedQuery("SELECT * FROM %1$s.%3$s WHERE player_id = ?"
                                                .formatted(sides.get(0), sides.get(1), table)
                                        + " EXCEPT SELECT * FROM %2$s.%3$s WHERE player_id = ?"
                                                .formatted(sides.get(0), sides.get(1), table))
                                .execute(Tuple.of(player, player))
                                .await()
                                .atMost(PATIENCE)
                                .size())
                        .as(table + " of " + sides.getFirst())
                        .isZero());
    }

    private Row one(String sql) {
        return run(sql).iterator().next();
    }

    private RowSet<Row> run(String sql) {
        return pool.preparedQuery(sql).execute(Tuple.of(player)).await().atMost(PATIENCE);
    }
}
