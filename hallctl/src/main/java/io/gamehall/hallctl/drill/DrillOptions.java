package io.gamehall.hallctl.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.drill.fault.Fault;
import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every drill takes, and how each is run: a temporary hall, the drill, the report. */
final class DrillOptions {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String EVIDENCE = "drill-evidence.txt";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as flat JSON.")
    private Path json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Of the temporary hall, and kept (default: a new folder, deleted when all went well).")
    private Path data;

    @Option(
            names = "--java-opts",
            paramLabel = "WHAT=FLAGS",
            description = "JVM flags as of `up` (default: all=-XX:TieredStopAtLevel=4).")
    private Map<String, String> javaOptions = Map.of();

    /** @return the exit code */
    int run(Fault fault) throws Exception {
        var plan = plan();
        var folder = data == null ? Files.createTempDirectory("gamehall-drill-") : data.toAbsolutePath();
        requireNoHallIn(folder);
        say("drill " + fault.name() + ": a hall of its own in " + folder);
        try (var temporary = new TemporaryHall(folder)) {
            if (data != null) temporary.keepData();
            var start = System.nanoTime();
            temporary.start(hallPlan(plan, fault));
            say("  the hall is ready after %.1f s".formatted((System.nanoTime() - start) / 1e9));
            var report = new Drill(plan, fault, DrillOptions::say).run(new DrillHall(temporary));
            report.lines().forEach(DrillOptions::say);
            if (!report.passed()) temporary.keepData();
            if (report.hasEvidence()) {
                Files.write(folder.resolve(EVIDENCE), report.evidence());
                say("Calls and journal around the violations: " + folder.resolve(EVIDENCE) + "");
            }
            if (!report.passed()) say("Its logs and data stay in " + folder + ".");
            write(report);
            return report.exitCode();
        }
    }

    private static void requireNoHallIn(Path folder) throws IOException {
        var lock = new HallDirectory(folder).tryLock();
        if (lock.isEmpty()) throw new IOException("A hall runs in " + folder + ": a drill needs its own.");
        lock.get().acquiredBy().close();
    }

    void require(String option, int value, int min, int max) {
        if (value < min || value > max) throw usage(option + " takes " + min + " to " + max + ".");
    }

    private DrillPlan plan() {
        try {
            return new DrillPlan(
                    players,
                    Duration.ofSeconds(seconds),
                    rooms,
                    seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private TemporaryHall.Plan hallPlan(DrillPlan plan, Fault fault) {
        var flags = new HashMap<>(Map.of("all", "-XX:TieredStopAtLevel=4"));
        flags.putAll(javaOptions);
        return new TemporaryHall.Plan(
                fault.services(), fault.replicas(), plan.rooms(), flags, environment(plan, fault));
    }

    private static Map<String, String> environment(DrillPlan plan, Fault fault) {
        var environment = new HashMap<>(fault.environment());
        environment.put("GAMEHALL_ROOMS_CAPACITY", Integer.toString(plan.roomCapacity()));
        // A room that opens by itself has nobody whose answers would show that it is there.
        environment.put("GAMEHALL_ROOMS_PER_GAME_MAX", "1");
        return environment;
    }

    private void write(DrillReport report) throws IOException {
        if (json == null) return;
        var parent = json.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.writeString(json, JSON.writeValueAsString(report.figures()) + "\n");
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
