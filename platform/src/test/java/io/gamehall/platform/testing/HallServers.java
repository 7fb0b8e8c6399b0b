package io.gamehall.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Real Kafka, Redis and MariaDB for tests. They start once per build (a few seconds), are shared by all modules, and
 * stop by themselves when the build has ended. Each test JVM gets a cell of its own on them, with fresh topics and a
 * fresh database, so that modules and concurrent builds do not disturb each other.
 *
 * <p>In a {@code @QuarkusTest} or {@code @QuarkusIntegrationTest} (all classes of a module share the cell, and Quarkus
 * starts only once; use player ids and names of your own in each test class):
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(HallServers.class)
 * class JoinResourceTest {
 *     @Test
 *     void a_player_joins() {
 *         given().header("authorization", "Bearer " + TestTickets.player(42)).post("/api/activities/welcome/joins") ...
 * }</pre>
 *
 * <p>Without Quarkus: {@code var servers = HallServers.servers(); servers.config().get("kafka.bootstrap.servers")}, or
 * {@code HallServers.freshCell()} for a cell that no other test sees. {@code servers.cell()} is its name;
 * {@code Topics.name(servers.cell(), Topics.ROOM_JOURNAL)} a topic's name.
 *
 * <p>The configuration has {@code gamehall.cell.name}, {@code gamehall.cell.number}, {@code kafka.bootstrap.servers},
 * {@code quarkus.redis.hosts}, {@code quarkus.datasource.reactive.url}, {@code .username}, {@code .password},
 * {@code mp.jwt.verify.publickey.location}, {@code smallrye.jwt.sign.key.location},
 * {@code gamehall.service-credential}, in room-service {@code gamehall.rooms.instance} and {@code .endpoint}, and a free
 * HTTP port. Keys of Quarkus extensions that the module lacks are left out. No activity is made: insert what you need.
 *
 * <p>In an IDE build hallctl first: {@code ./mvnw -Dquick -pl hallctl -am package}.
 */
public final class HallServers implements QuarkusTestResourceLifecycleManager {
    /** Statics are not shared between the class loaders of a Quarkus test; system properties are. */
    private static final String CELL_PROPERTY = "gamehall.testing.cell";

    private static final String PORT_PROPERTY = "gamehall.testing.http-port";

    /**
     * Servers and a cell on them.
     *
     * @param cell the cell's name
     * @param config what a service needs to run in this cell
     */
    public record Servers(String cell, Map<String, String> config) {
        public Servers {
            config = Map.copyOf(config);
        }
    }

    /** The cell of this JVM; starts the servers and makes the cell at the first call. */
    @Override
    public Map<String, String> start() {
        var config = new LinkedHashMap<>(servers().config());
        var port = System.getProperty(PORT_PROPERTY);
        config.put("quarkus.http.test-port", port);
        config.put("quarkus.http.port", port);
        if (module().equals("room-service")) {
            config.put("gamehall.rooms.instance", "room-test");
            config.put("gamehall.rooms.endpoint", "127.0.0.1:" + port);
        }
        if (!onClassPath("io.vertx.mysqlclient.MySQLConnectOptions")) {
            config.keySet().removeIf(key -> key.startsWith("quarkus.datasource."));
        }
        if (!onClassPath("io.quarkus.redis.datasource.RedisDataSource")) {
            config.remove("quarkus.redis.hosts");
        }
        return config;
    }

    /** The servers are shared and stop by themselves. */
    @Override
    public void stop() {}

    /** The cell of this JVM, for tests without Quarkus. The same as the one that Quarkus tests of this JVM get. */
    public static Servers servers() {
        synchronized (System.getProperties()) {
            var cell = System.getProperty(CELL_PROPERTY);
            if (cell == null) {
                var fresh = freshCell();
                System.setProperty(
                        CELL_PROPERTY, fresh.cell() + " " + fresh.config().get("gamehall.cell.number"));
                System.setProperty(PORT_PROPERTY, Integer.toString(OwnProcess.freePort()));
                return fresh;
            }
            var words = cell.split(" ");
            return describe(SharedHall.join(), words[0], Integer.parseInt(words[1]));
        }
    }

    /** A new cell with empty topics and tables, which only the caller knows. Takes about two seconds. */
    public static Servers freshCell() {
        var hall = SharedHall.join();
        var random = ThreadLocalRandom.current();
        var suffix = Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        var name = "test-" + module() + "-" + suffix;
        hall.prepare(name);
        return describe(hall, name, random.nextInt(100, 4096));
    }

    private static Servers describe(SharedHall hall, String cell, int number) {
        var config = new LinkedHashMap<String, String>();
        config.put("gamehall.cell.name", cell);
        config.put("gamehall.cell.number", Integer.toString(number));
        config.put("kafka.bootstrap.servers", "127.0.0.1:" + hall.port("kafkaPort"));
        config.put("quarkus.redis.hosts", "redis://127.0.0.1:" + hall.port("redisPort"));
        config.put(
                "quarkus.datasource.reactive.url",
                "mysql://127.0.0.1:" + hall.port("dbPort") + "/gamehall_" + cell.replace('-', '_'));
        config.put("quarkus.datasource.username", hall.databaseUser());
        config.put("quarkus.datasource.password", hall.secret("db-password"));
        config.put(
                "mp.jwt.verify.publickey.location",
                hall.key("public.pem").toUri().toString());
        config.put(
                "smallrye.jwt.sign.key.location",
                hall.key("private.pem").toUri().toString());
        config.put("gamehall.service-credential", hall.secret("service-credential"));
        return new Servers(cell, config);
    }

    /** Surefire and failsafe run in the module's folder. */
    private static String module() {
        return Path.of("").toAbsolutePath().getFileName().toString();
    }

    private static boolean onClassPath(String name) {
        var resource = name.replace('.', '/') + ".class";
        return Thread.currentThread().getContextClassLoader().getResource(resource) != null;
    }
}
