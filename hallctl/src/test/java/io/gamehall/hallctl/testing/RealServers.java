package io.gamehall.hallctl.testing;

import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.prepare.Topology;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Kafka, Redis and MariaDB for the tests of this JVM: started by the first that asks, ended with the JVM. */
public final class RealServers {
    private static final AtomicInteger CELLS = new AtomicInteger();
    private static TemporaryHall hall;
    private static HallState state;

    private RealServers() {}

    private static synchronized HallState state() {
        try {
            if (state == null) {
                hall = new TemporaryHall();
                state = hall.start(new TemporaryHall.Plan(List.of(), Map.of(), 0, Map.of(), Map.of()));
            }
            return state;
        } catch (IOException e) {
            throw new IllegalStateException("The servers did not start", e);
        }
    }

    public static String kafka() {
        return "127.0.0.1:" + state().servers().kafkaPort();
    }

    public static int redisPort() {
        return state().servers().redisPort();
    }

    /** The folder of their hall, which {@code --data} takes. */
    public static Path data() {
        state();
        return hall.directory().root();
    }

    public static Schema schema() {
        var servers = state().servers();
        var password = new Credentials(hall.directory().keys()).databasePassword();
        return new Schema("127.0.0.1", servers.dbPort(), servers.dbUser(), password);
    }

    /** A new cell's name; its topics are there. */
    public static String cellWithTopics() throws Exception {
        var cell = "test-" + CELLS.incrementAndGet();
        new Topology(kafka()).prepare(cell);
        return cell;
    }

    /** A new cell's name; its topics and tables are there. */
    public static String cell() throws Exception {
        var cell = cellWithTopics();
        schema().prepare(cell);
        return cell;
    }

    /** A new cell's name; its tables are there. */
    public static String cellWithTables() throws Exception {
        var cell = "test-" + CELLS.incrementAndGet();
        schema().prepare(cell);
        return cell;
    }
}
