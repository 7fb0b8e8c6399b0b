package io.gamehall.hallctl.accounts;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.command.ServersOption;
import io.gamehall.hallctl.prepare.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code accounts move}. */
@Command(
        name = "move",
        description =
                "Moves an account to another region, with all that is the player's. Asked for again, it goes on where"
                        + " it was cut short.",
        footer = {
            "",
            "Elsewhere than on this laptop, name the servers of the cell that the account leaves with --db, --redis and",
            "--kafka, and the other cell's database with --to-db."
        })
final class MoveCommand implements Callable<Integer> {
    /** Longer than a lock is waited for (50 s) and a large player's rows take: who does not answer by then is gone. */
    private static final String SETTINGS = "&socketTimeout=120000";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,32}");

    @Mixin
    private ServersOption servers;

    @Parameters(index = "0", paramLabel = "PLAYER", description = "The account's id, in digits.")
    private String player;

    @Option(names = "--from", required = true, paramLabel = "CELL", description = "The region where it lives.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "CELL", description = "The region where it is to live.")
    private String to;

    @Option(names = "--name", paramLabel = "NAME", description = "Its name there (default: the one it has).")
    private String name;

    @Option(names = "--cancel", description = "Opens the account again where it was, if it has not left yet.")
    private boolean cancel;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "For logins and calls that had begun before (default: ${DEFAULT-VALUE}).")
    private int settleSeconds;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "For rounds that run and facts that are to be booked (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Option(names = "--to-db", paramLabel = "HOST:PORT", description = "That of the other cell (default: the same).")
    private String toDatabase;

    @Option(names = "--redis", paramLabel = "HOST:PORT", description = "Redis (default: the running hall's).")
    private String redis;

    @Override
    public Integer call() throws Exception {
        var id = check();
        var source = servers.schema();
        var target = toDatabase == null ? source : servers.schema("--to-db", toDatabase);
        try (var here = connect(source, from)) {
            var leaves = new CellAccounts(here, from);
            if (cancel) cancel(leaves, target, id);
            else move(leaves, target, id);
        }
        return 0;
    }

    private void move(CellAccounts leaves, Schema target, long id) throws Exception {
        try (var there = connect(target, to)) {
            new MoveAccount(leaves, new CellAccounts(there, to), quiet(leaves), System.out::println)
                    .move(id, Optional.ofNullable(name));
        }
    }

    private void cancel(CellAccounts leaves, Schema target, long id) throws SQLException {
        MoveAccount.reopen(leaves, to, id);
        System.out.println("It stays in " + from + ", and its player can log in.");
        try (var there = connect(target, to)) {
            MoveAccount.giveUp(leaves, new CellAccounts(there, to), id);
        } catch (SQLException away) {
            System.out.println("What has arrived is not given up, repeat this later. " + away.getMessage());
        }
    }

    private CellQuiet quiet(CellAccounts leaves) {
        return new CellQuiet(
                leaves,
                redis == null ? ServersOption.local(servers.running().redisPort()) : redis,
                servers.kafka(),
                Duration.ofSeconds(settleSeconds),
                Duration.ofSeconds(patienceSeconds));
    }

    /** Refuses a wrong use before anything is connected. */
    private long check() {
        for (var cell : new String[] {from, to}) {
            try {
                Topics.name(cell, Topics.ROOM_JOURNAL);
            } catch (IllegalArgumentException wrong) {
                throw servers.usage(wrong.getMessage());
            }
        }
        if (from.equals(to)) throw servers.usage("--from and --to name the same region.");
        if (name != null && !NAME.matcher(name).matches())
            throw servers.usage("--name takes 3-32 of A-Z, a-z, 0-9, _ and -.");
        if (settleSeconds < 0 || patienceSeconds < 0)
            throw servers.usage("--settle and --patience take seconds, 0 or more.");
        if (redis != null) servers.address("--redis", redis);
        try {
            var id = Long.parseLong(player);
            if (id > 0) return id;
        } catch (NumberFormatException notAnId) {
            // As any other number that is no id.
        }
        throw servers.usage("PLAYER is an account's id in digits, not '" + player + "'.");
    }

    private static Connection connect(Schema schema, String cell) throws SQLException {
        Connection connection;
        try {
            connection = schema.connect(Schema.database(cell), SETTINGS);
        } catch (SQLException failed) {
            throw new SQLException("Region " + cell + ": " + failed.getMessage(), failed);
        }
        // Times are copied as text: both sides have to mean the same.
        try (var statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
        }
        return connection;
    }
}
