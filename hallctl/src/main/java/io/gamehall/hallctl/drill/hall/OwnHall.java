package io.gamehall.hallctl.drill.hall;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a drill gets a hall of its own, and where its result goes: options that all drills share. */
public final class OwnHall {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String EVIDENCE = "drill-evidence.txt";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    /** What happens in it. */
    @FunctionalInterface
    public interface Course {
        DrillResult run(DrillHall hall) throws Exception;
    }

    /** @return the exit code */
    public int run(String drill, TemporaryHall.Plan plan, Course course) throws Exception {
        var folder = data == null ? Files.createTempDirectory("gamehall-drill-") : data.toAbsolutePath();
        requireNoHallIn(folder);
        say("drill " + drill + ": a hall of its own in " + folder);
        try (var temporary = new TemporaryHall(folder)) {
            if (data != null) temporary.keepData();
            var result = run(temporary, plan, course);
            result.lines().forEach(OwnHall::say);
            if (!result.evidence().isEmpty()) {
                Files.write(folder.resolve(EVIDENCE), result.evidence());
                say("What proves the violations: " + folder.resolve(EVIDENCE));
            }
            if (!result.passed()) {
                temporary.keepData();
                say("Its logs and data stay in " + folder + ".");
            }
            write(result);
            return result.passed() ? 0 : 1;
        }
    }

    /** A drill that fails leaves behind what may tell why, too. */
    private static DrillResult run(TemporaryHall temporary, TemporaryHall.Plan plan, Course course) throws Exception {
        boolean over = false;
        try {
            var start = System.nanoTime();
            temporary.start(plan);
            say("  the hall is ready after %.1f s".formatted((System.nanoTime() - start) / 1e9));
            var result = course.run(new DrillHall(temporary));
            over = true;
            return result;
        } finally {
            if (!over) {
                temporary.keepData();
                say("Its logs and data stay in " + temporary.directory().root() + ".");
            }
        }
    }

    /** With the optimising compiler, which a laptop's hall does without, or as the user wants it. */
    public Map<String, String> javaOptions() {
        var flags = new HashMap<>(Map.of("all", "-XX:TieredStopAtLevel=4"));
        flags.putAll(javaOptions);
        return flags;
    }

    /** @throws ParameterException if it is not within the bounds */
    public void require(String option, int value, int min, int max) {
        if (value < min || value > max) throw usage(option + " takes " + min + " to " + max + ".");
    }

    /** The exception that tells a wrong use. */
    public ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void requireNoHallIn(Path folder) throws IOException {
        var lock = new HallDirectory(folder).tryLock();
        if (lock.isEmpty()) throw new IOException("A hall runs in " + folder + ": a drill needs its own.");
        lock.get().acquiredBy().close();
    }

    private void write(DrillResult result) throws IOException {
        if (json == null) return;
        var parent = json.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.writeString(json, JSON.writeValueAsString(result.figures()) + "\n");
    }

    /** Prints a line at once. */
    public static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
