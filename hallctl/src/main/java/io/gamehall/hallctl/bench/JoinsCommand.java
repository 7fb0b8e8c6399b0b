package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.Activities;
import io.gamehall.hallctl.load.Database;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.HttpLines;
import io.gamehall.hallctl.load.LiveSessions;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.prepare.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench joins}: how many players a second join one activity, each answered when the join is safe in Kafka. */
@Command(
        name = "joins",
        description = "Distinct players join one activity, each with a verified session token; then the ledger"
                + " is waited for.",
        footer = "Figures: joins_per_s, p50_ms, p99_ms, errors (must be 0), ledger_missing (must be 0),"
                + " db_statements_per_s.")
final class JoinsCommand implements Callable<Integer> {
    /** Of the tokens of a load's players. */
    private static final long GENERATION = 1;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--players",
            defaultValue = "100000",
            paramLabel = "N",
            description =
                    "Each joins the activity of a run once; a run ends when all have (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(
            names = "--connections",
            defaultValue = "256",
            paramLabel = "N",
            description =
                    "Kept-alive HTTP/1.1 connections, one request on its way on each (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "Joins per second at an even pace instead, latency counted from the intended start.")
    private int rate;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Hash slots over which the activity's quota is spread (default: the service's own).")
    private Integer shards;

    @Option(
            names = "--overload",
            defaultValue = "0",
            paramLabel = "X",
            description = "Further runs at X times the rate that was reached: who is let in is to be served as before,"
                    + " the others are to be told so at once.")
    private double overload;

    @Option(
            names = "--overload-connections",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Connections of these (default: ${DEFAULT-VALUE}).")
    private int overloadConnections;

    @Override
    public Integer call() throws Exception {
        check();
        var bench = new Bench("joins", options, targets(), System.out);
        bench.introduce("%,d players join one activity, each once, over %d connections, %s"
                .formatted(players, connections, rate > 0 ? rate + " joins/s" : "as fast as they are answered"));
        try (var hall = HallUnderTest.open(options.directory(), plan());
                var activities = activities(hall)) {
            bench.note("hall", hall.describe());
            bench.note("load", (rate > 0 ? "rate " + rate : "closed") + ", " + connections + " connections");
            if (shards != null) bench.note("shards", Integer.toString(shards));
            bench.say("signing the tokens of %,d players, and registering their sessions ...".formatted(players));
            var tokens = tokens(hall);
            try (var lines = new HttpLines(hall.addresses(Service.ACTIVITY), connections)) {
                var run = new JoinRun(
                        hall.state(),
                        activities,
                        tokens,
                        shards == null ? OptionalInt.empty() : OptionalInt.of(shards),
                        System.out);
                return overload > 0 ? overloaded(bench, hall, lines, run) : measured(bench, lines, run);
            }
        }
    }

    private int measured(Bench bench, HttpLines lines, JoinRun run) throws Exception {
        return bench.run(
                true,
                number -> number == 0
                        ? run.warmUp(lines, options.warmsUp())
                        : run.measure(lines, options.lasts(), rate, "run " + number));
    }

    /** The limit first, then the runs at a multiple of it, the first of which is to compile what refuses. */
    private int overloaded(Bench bench, HallUnderTest hall, HttpLines lines, JoinRun run) throws Exception {
        bench.say("warm-up    " + run.warmUp(lines, options.warmsUp()).line());
        var limit = run.measure(lines, options.lasts(), 0, "limit");
        bench.say("limit      " + limit.line());
        int offered = (int) Math.max(1, overload * limit.get("joins_per_s"));
        bench.note("offered_per_s", Integer.toString(offered));
        try (var many = new HttpLines(hall.addresses(Service.ACTIVITY), overloadConnections)) {
            return bench.run(
                    true,
                    number -> run.overload(
                            many, options.lasts(), offered, limit, number == 0 ? "warm-up" : "run " + number));
        }
    }

    private Activities activities(HallUnderTest hall) throws IOException {
        var servers = hall.state().servers();
        var schema = new Schema(
                "127.0.0.1",
                servers.dbPort(),
                servers.dbUser(),
                hall.credentials().databasePassword());
        return new Activities(
                hall.addresses(Service.ACTIVITY).getFirst(),
                Files.readString(hall.credentials().adminToken()).strip(),
                new Database(schema, Schema.database(hall.cell().name())));
    }

    private List<byte[]> tokens(HallUnderTest hall) throws IOException {
        var cast = new Cast(hall);
        var crew = cast.withTokens(cast.players(players, List.of("")));
        new LiveSessions(hall.state().servers().redisPort(), hall.cell().name())
                .begin(crew.stream().map(Player::id).toList(), GENERATION);
        return crew.stream()
                .map(player -> player.token().getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private TemporaryHall.Plan plan() {
        return new TemporaryHall.Plan(List.of(Service.ACTIVITY), Map.of(), 0, options.javaOptions(), Map.of());
    }

    private List<Target> targets() {
        var latency = overload > 0 ? Target.atMost("p99_ms", 200, 200) : Target.atMost("p99_ms", 100, 40);
        if (rate > 0) return List.of(latency);
        return overload > 0
                ? List.of(Target.atLeast("of_limit", 0.8, 0.95), latency)
                : List.of(
                        Target.atLeast("joins_per_s", 10_000, 20_000),
                        latency,
                        Target.atMost("db_statements_per_s", 1_000, 1_000));
    }

    private void check() {
        options.check();
        options.within("--players", players, 1, 1_000_000);
        options.within("--connections", connections, 1, 10_000);
        options.within("--overload-connections", overloadConnections, 1, 50_000);
        options.within("--rate", rate, 0, 1_000_000);
        if (shards != null) options.within("--shards", shards, 1, 1_024);
        if (overload != 0 && (overload < 1 || overload > 100)) throw options.usage("--overload takes 1 to 100.");
    }
}
