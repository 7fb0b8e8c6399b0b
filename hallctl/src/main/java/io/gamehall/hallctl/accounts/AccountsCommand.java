package io.gamehall.hallctl.accounts;

import io.gamehall.hallctl.command.HallOption;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accounts}: what an operator does with accounts. */
@Command(
        name = "accounts",
        description = "Moves accounts between regions.",
        footer = {
            "",
            "Elsewhere than on this laptop, name the servers: --db, --to-db where the other cell has another, --redis and",
            "--kafka of the cell that the account leaves; the databases' user as for `prepare`."
        })
public final class AccountsCommand {
    private static final Duration BOOKED_MAX = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Command(
            name = "move",
            description = "Moves an account to another region; asked for again, it goes on where it was cut short.")
    int move(
            @Parameters(index = "0", paramLabel = "PLAYER", description = "The account's id.") String player,
            @Option(names = "--from", required = true, paramLabel = "CELL", description = "Where it lives.")
                    String from,
            @Option(names = "--to", required = true, paramLabel = "CELL", description = "Where it is to live.")
                    String to,
            @Option(names = "--name", defaultValue = "", description = "Name there (default: the one it has).")
                    String name,
            @Option(
                            names = "--settle",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "How long rounds and joins that are under way may take; default 60.")
                    int settle,
            @Option(
                            names = "--cancel",
                            defaultValue = "false",
                            description = "Opens the account again, if it has not left yet.")
                    boolean cancel,
            @Option(names = "--db", paramLabel = "HOST:PORT", description = "Default: the running hall's.") String db,
            @Option(names = "--to-db", paramLabel = "HOST:PORT", description = "Default: --db.") String toDb,
            @Option(names = "--db-user", defaultValue = "${env:QUARKUS_DATASOURCE_USERNAME}") String user,
            @Option(names = "--db-password", defaultValue = "${env:QUARKUS_DATASOURCE_PASSWORD}") String password,
            @Option(names = "--redis", paramLabel = "HOST:PORT", description = "Default: the running hall's.")
                    String redis,
            @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Default: the running hall's.")
                    String kafka)
            throws SQLException, IOException, InterruptedException {
        var id = id(player);
        var source = schema(db, user, password);
        var target = toDb == null ? source : schema(toDb, user, password);
        try (var here = source.connect(Schema.database(from));
                var there = target.connect(Schema.database(to))) {
            var accounts = new MoveAccount(
                    new CellAccounts(here, from),
                    new CellAccounts(there, to),
                    locked -> {
                        SessionEnd.end(redis == null ? local(servers().redisPort()) : redis, from, locked);
                        Thread.sleep(Duration.ofSeconds(settle));
                        try (var pipelines =
                                new Pipelines(kafka == null ? local(servers().kafkaPort()) : kafka, from)) {
                            pipelines.awaitBooked(BOOKED_MAX);
                        }
                    },
                    System.out::println);
            if (cancel) accounts.cancel(id);
            else accounts.move(id, name);
        }
        return 0;
    }

    private long id(String player) {
        try {
            return Long.parseUnsignedLong(player);
        } catch (NumberFormatException notAnId) {
            throw new ParameterException(
                    spec.commandLine(), "PLAYER is an account's id in digits, not '" + player + "'.");
        }
    }

    private Schema schema(String address, String user, String password) {
        if (address == null) {
            var credentials = new Credentials(hall.directory().keys());
            return new Schema("127.0.0.1", servers().dbPort(), servers().dbUser(), credentials.databasePassword());
        }
        var colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new ParameterException(spec.commandLine(), "--db takes HOST:PORT, not '" + address + "'.");
        }
        var port = Integer.parseInt(address.substring(colon + 1));
        return new Schema(
                address.substring(0, colon),
                port,
                user,
                Optional.ofNullable(password).orElse(""));
    }

    private HallState.Servers servers() {
        return HallState.read(hall.directory())
                .filter(HallState::supervisorLives)
                .map(HallState::servers)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "No hall runs in " + hall.directory().root()
                                + "; name the servers with --db, --redis and --kafka."));
    }

    private static String local(int port) {
        return "127.0.0.1:" + port;
    }
}
