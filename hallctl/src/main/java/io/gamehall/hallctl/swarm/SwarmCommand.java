package io.gamehall.hallctl.swarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.command.HallOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm}: simulated players on the public API. Exit code 1 on any error or missing reward. */
@Command(
        name = "swarm",
        description = "Simulated players go through the public API of a running hall, from registration to reward.",
        footer = "Exit code 1 when there were errors, or when not every accepted join was rewarded.")
public final class SwarmCommand implements Callable<Integer> {
    /** From Ctrl-C until the report must be out. */
    private static final int REPORT_SECONDS_MAX = 75;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(names = "--hall", paramLabel = "HOST:PORT", description = "Address of a hall (default: the running one's).")
    private String address;

    @Option(
            names = "--players",
            defaultValue = "200",
            paramLabel = "N",
            description = "1 to 20000 (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            paramLabel = "S",
            description = "How long they play, arrival included (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--ramp",
            paramLabel = "S",
            description = "They arrive over these seconds (default: a quarter, 5 at most).")
    private Integer ramp;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as flat JSON.")
    private Path json;

    @Option(
            names = "--activity",
            defaultValue = "welcome",
            paramLabel = "ID",
            description = "The activity that each player joins once (default: ${DEFAULT-VALUE}).")
    private String activity;

    @Option(
            names = "--games",
            split = ",",
            defaultValue = "upgrade,doudizhu,mahjong",
            paramLabel = "GAME",
            description = "What they play (default: ${DEFAULT-VALUE}).")
    private List<String> games;

    @Option(
            names = "--watchers",
            defaultValue = "1.0",
            paramLabel = "SHARE",
            description = "Share of the players that watch the directory live (default: ${DEFAULT-VALUE}).")
    private double watchers;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description =
                    "Connections to each hall, shared by the players (default: one each up to 64, then one for 25).")
    private Integer connections;

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        if (json != null && json.toAbsolutePath().getParent() != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
        }
        System.out.println("%d players for %d s in %s"
                .formatted(
                        plan.players(),
                        plan.lasts().toSeconds(),
                        String.join(
                                ", ",
                                plan.halls().stream().map(SwarmCommand::text).toList())));
        return run(new Swarm(
                plan, System.out, System.console() != null && System.console().isTerminal()));
    }

    private int run(Swarm swarm) throws IOException, InterruptedException {
        var reported = new CountDownLatch(1);
        var onCtrlC = new Thread(() -> endAndAwait(swarm, reported), "swarm-end");
        Runtime.getRuntime().addShutdownHook(onCtrlC);
        try {
            var report = swarm.run();
            if (json != null) {
                Files.writeString(json, JSON.writeValueAsString(report) + "\n");
            }
            return report.exitCode();
        } finally {
            reported.countDown();
        }
    }

    /** Keeps the program alive until the players have left in good order and the report is out. */
    private static void endAndAwait(Swarm swarm, CountDownLatch reported) {
        swarm.endNow();
        try {
            reported.await(REPORT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SwarmPlan plan() {
        try {
            var lasts = Duration.ofSeconds(seconds);
            return new SwarmPlan(
                    players,
                    lasts,
                    ramp == null ? SwarmPlan.rampOf(lasts) : Duration.ofSeconds(ramp),
                    watchers,
                    connections == null ? SwarmPlan.connectionsFor(players) : connections,
                    activity,
                    games,
                    address == null ? Hall.runningIn(hall.directory()) : List.of(Hall.at(address)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static String text(Hall hall) {
        var addresses = String.join(", ", hall.addresses());
        return hall.region().isEmpty() ? addresses : hall.region() + " (" + addresses + ")";
    }
}
