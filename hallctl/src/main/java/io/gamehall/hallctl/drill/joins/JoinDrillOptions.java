package io.gamehall.hallctl.drill.joins;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every drill of joins takes, and how each is run: a temporary hall, the drill, the report. */
public final class JoinDrillOptions {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String EVIDENCE = "drill-evidence.txt";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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
    public int run(JoinFault fault, JoinFault.Plan how) throws Exception {
        require("--connections", connections, 1, 1_000);
        require("--seconds", seconds, 6, 300);
        require("--quota", quota, 1, 1_000_000);
        var folder = data == null ? Files.createTempDirectory("gamehall-drill-") : data.toAbsolutePath();
        requireNoHallIn(folder);
        say("drill " + fault.label() + ": a hall of its own in " + folder);
        try (var temporary = new TemporaryHall(folder)) {
            if (data != null) temporary.keepData();
            temporary.start(hallPlan());
            var plan = new JoinDrill.Plan(
                    connections,
                    Duration.ofSeconds(seconds),
                    quota,
                    seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed,
                    how);
            var report = new JoinDrill(fault, plan, JoinDrillOptions::say).run(new DrillHall(temporary));
            report.lines().forEach(JoinDrillOptions::say);
            if (!report.passed()) {
                temporary.keepData();
                say("Its logs and data stay in " + folder + ".");
            }
            if (report.hasEvidence()) Files.write(folder.resolve(EVIDENCE), report.evidence());
            write(report);
            return report.exitCode();
        }
    }

    /** @throws ParameterException if it is not within the bounds */
    public void require(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(spec.commandLine(), option + " takes " + min + " to " + max + ".");
        }
    }

    private static void requireNoHallIn(Path folder) throws IOException {
        var lock = new HallDirectory(folder).tryLock();
        if (lock.isEmpty()) throw new IOException("A hall runs in " + folder + ": a drill needs its own.");
        lock.get().acquiredBy().close();
    }

    private TemporaryHall.Plan hallPlan() {
        var flags = new HashMap<>(Map.of("all", "-XX:TieredStopAtLevel=4"));
        flags.putAll(javaOptions);
        return new TemporaryHall.Plan(List.of(Service.ACTIVITY), Map.of(), 0, flags, Map.of());
    }

    private void write(JoinReport report) throws IOException {
        if (json == null) return;
        var parent = json.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.writeString(json, JSON.writeValueAsString(report.figures()) + "\n");
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
