package io.gamehall.hallctl.command;

import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose Kafka and database: those that are named, else the running hall's. */
public final class ServersOption {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s:]+:[0-9]{1,5}");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

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

    public String kafka() {
        return kafka == null ? local(running().kafkaPort()) : kafka;
    }

    public Schema schema() {
        if (database != null) return schema("--db", database);
        var servers = running();
        var credentials = new Credentials(hall.directory().keys());
        return new Schema("127.0.0.1", servers.dbPort(), servers.dbUser(), credentials.databasePassword());
    }

    /** Another server than {@code --db}, with the same user. @throws ParameterException if it is no address */
    public Schema schema(String option, String address) {
        address(option, address);
        var colon = address.lastIndexOf(':');
        return new Schema(
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                user,
                password == null ? "" : password);
    }

    /** @throws ParameterException if it is no address */
    public void address(String option, String address) {
        if (!ADDRESS.matcher(address).matches()) throw usage(option + " takes HOST:PORT, not '" + address + "'.");
    }

    /** @throws ParameterException if no hall runs */
    public HallState.Servers running() {
        return HallState.read(hall.directory())
                .filter(HallState::supervisorLives)
                .map(HallState::servers)
                .orElseThrow(
                        () -> usage("No hall runs in " + hall.directory().root() + "; name the servers, see --help."));
    }

    public static String local(int port) {
        return "127.0.0.1:" + port;
    }

    public ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
