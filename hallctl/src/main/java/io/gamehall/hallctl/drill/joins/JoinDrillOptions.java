package io.gamehall.hallctl.drill.joins;

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

/** What every drill of joins takes, and how each is run: a temporary hall, the drill, the report. */
public final class JoinDrillOptions {
    @Option(
            names = "--connections",
            defaultValue = "32",
            paramLabel = "N",
            description = "On each of which one player comes after the other (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description = "Of load at least; the fault strikes after a third (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--quota",
            defaultValue = "1500",
            paramLabel = "N",
            description = "Of one of the two activities, which sells out (default: ${DEFAULT-VALUE}).")
    private int quota;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of what the players choose (default: any).")
    private Long seed;

    @Mixin
    private OwnHall ownHall;

    /** @return the exit code */
    public int run(JoinFault fault, JoinFault.Plan how) throws Exception {
        require("--connections", connections, 1, 1_000);
        require("--seconds", seconds, 6, 300);
        require("--quota", quota, 1, 1_000_000);
        var plan = new JoinDrill.Plan(
                connections,
                Duration.ofSeconds(seconds),
                quota,
                seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed,
                how);
        return ownHall.run(fault.label(), hallPlan(), hall -> new JoinDrill(fault, plan, OwnHall::say).run(hall));
    }

    /** @throws ParameterException if it is not within the bounds */
    public void require(String option, int value, int min, int max) {
        ownHall.require(option, value, min, max);
    }

    private TemporaryHall.Plan hallPlan() {
        return new TemporaryHall.Plan(
                List.of(Service.ACTIVITY, Service.REWARD), Map.of(), 0, ownHall.javaOptions(), Map.of());
    }
}
