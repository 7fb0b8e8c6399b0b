package io.gamehall.hallctl.command;

import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.prepare.Topology;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code prepare}: a cell's topics and tables, on the servers of a running hall or on those that the options name (a
 * Kubernetes job runs it so, before the services of a new version start).
 */
@Command(name = "prepare", description = "Make or migrate the topics and tables of a cell; safe to repeat.")
public final class PrepareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(
            names = {"--cell", "--cells"},
            split = ",",
            required = true,
            paramLabel = "CELL",
            defaultValue = "${env:GAMEHALL_CELL_NAME}",
            description = "The cells' names (default: GAMEHALL_CELL_NAME).")
    private List<String> cells;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
            description = "Kafka (default: KAFKA_BOOTSTRAP_SERVERS, else the running hall's).")
    private String kafka;

    @Option(
            names = "--db",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:GAMEHALL_DB}",
            description = "MySQL-protocol server (default: GAMEHALL_DB, else the running hall's).")
    private String database;

    @Option(
            names = "--db-user",
            defaultValue = "${env:QUARKUS_DATASOURCE_USERNAME}",
            description = "Default: QUARKUS_DATASOURCE_USERNAME.")
    private String user;

    @Option(
            names = "--db-password",
            defaultValue = "${env:QUARKUS_DATASOURCE_PASSWORD}",
            description = "Default: QUARKUS_DATASOURCE_PASSWORD, which does not show in a process list.")
    private String password;

    @Override
    public Integer call() throws Exception {
        boolean given = kafka != null && database != null;
        var topology = given ? new Topology(kafka) : hallTopology();
        var schema = given ? givenSchema() : hallSchema();
        for (var cell : cells) {
            topology.prepare(cell);
            int migrations = schema.prepare(cell);
            System.out.println("Cell " + cell + ": topics are as they must be, " + migrations
                    + " migrations applied to " + Schema.database(cell) + ".");
        }
        return 0;
    }

    private Schema givenSchema() {
        var parts = database.split(":", 2);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,5}")) {
            throw new ParameterException(spec.commandLine(), "--db takes HOST:PORT, not '" + database + "'.");
        }
        return new Schema(parts[0], Integer.parseInt(parts[1]), user, password == null ? "" : password);
    }

    private Topology hallTopology() {
        return new Topology("127.0.0.1:" + running().servers().kafkaPort());
    }

    private Schema hallSchema() {
        var servers = running().servers();
        var credentials = new Credentials(hall.directory().keys());
        return new Schema("127.0.0.1", servers.dbPort(), servers.dbUser(), credentials.databasePassword());
    }

    private HallState running() {
        return HallState.read(hall.directory())
                .filter(HallState::supervisorLives)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "No hall runs in " + hall.directory().root() + "; name the servers with --kafka and --db."));
    }
}
