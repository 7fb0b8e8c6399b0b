package io.gamehall.hallctl.drill.rewards;

import io.gamehall.hallctl.drill.hall.OwnHall;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.TemporaryHall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every drill of rewards takes, and how each is run: a temporary hall, the drill, the report. */
public final class RewardDrillOptions {
    @Mixin
    private OwnHall ownHall;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Facts per second, of all kinds together (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--players",
            defaultValue = "500",
            paramLabel = "N",
            description = "Whom they are of, by Zipf's law (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description = "Of load at least; the fault strikes after a third (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of what the facts are (default: any).")
    private Long seed;

    /** @return the exit code */
    public int run(RewardFault fault, RewardFault.Plan how) throws Exception {
        require("--rate", rate, 10, 20_000);
        require("--players", players, 1, 4_000);
        require("--seconds", seconds, 6, 300);
        var plan = new RewardDrill.Plan(
                players,
                rate,
                Duration.ofSeconds(seconds),
                seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed,
                how);
        return ownHall.run(
                fault.label(),
                new TemporaryHall.Plan(List.of(Service.REWARD), Map.of(), 0, ownHall.javaOptions(), Map.of()),
                hall -> new RewardDrill(fault, plan, OwnHall::say).run(hall));
    }

    /** @throws ParameterException if it is not within the bounds */
    public void require(String option, int value, int min, int max) {
        ownHall.require(option, value, min, max);
    }
}
