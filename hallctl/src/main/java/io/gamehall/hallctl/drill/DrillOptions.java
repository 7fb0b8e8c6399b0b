package io.gamehall.hallctl.drill;

import io.gamehall.hallctl.drill.fault.Fault;
import io.gamehall.hallctl.drill.hall.OwnHall;
import io.gamehall.hallctl.load.TemporaryHall;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every drill takes, and how each is run: a temporary hall, the drill, the report. */
final class DrillOptions {
    @Option(
            names = "--players",
            defaultValue = "200",
            paramLabel = "N",
            description = "Beside one in each room that shows whether it answers (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description =
                    "Of load at least; the fault strikes after a third, or when the hall is warm (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rooms",
            defaultValue = "8",
            paramLabel = "N",
            description = "Rooms of each game (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of what the players choose (default: any).")
    private Long seed;

    @Mixin
    private OwnHall ownHall;

    /** @return the exit code */
    int run(Fault fault) throws Exception {
        var plan = plan();
        return ownHall.run(fault.name(), hallPlan(plan, fault), hall -> new Drill(plan, fault, OwnHall::say).run(hall));
    }

    void require(String option, int value, int min, int max) {
        ownHall.require(option, value, min, max);
    }

    private DrillPlan plan() {
        try {
            return new DrillPlan(
                    players,
                    Duration.ofSeconds(seconds),
                    rooms,
                    seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed);
        } catch (IllegalArgumentException e) {
            throw ownHall.usage(e.getMessage());
        }
    }

    private TemporaryHall.Plan hallPlan(DrillPlan plan, Fault fault) {
        return new TemporaryHall.Plan(
                fault.services(), fault.replicas(), plan.rooms(), ownHall.javaOptions(), environment(plan, fault));
    }

    private static Map<String, String> environment(DrillPlan plan, Fault fault) {
        var environment = new HashMap<>(fault.environment());
        environment.put("GAMEHALL_ROOMS_CAPACITY", Integer.toString(plan.roomCapacity()));
        // A room that opens by itself has nobody whose answers would show that it is there.
        environment.put("GAMEHALL_ROOMS_PER_GAME_MAX", "1");
        return environment;
    }
}
