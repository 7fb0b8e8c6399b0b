package io.gamehall.hallctl.drill.hall;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a drill gets a hall of its own, and where its result goes: options that such drills share. */
public final class OwnHall {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String EVIDENCE = "drill-evidence.txt";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as flat JSON.")
    private Path json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Of the temporary hall, and kept (default: a new folder, deleted when all went well).")
    private Path data;

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
            temporary.start(plan);
            var result = course.run(new DrillHall(temporary));
            result.lines().forEach(OwnHall::say);
            if (!result.passed()) {
                temporary.keepData();
                say("Its logs and data stay in " + folder + ".");
            }
            if (!result.evidence().isEmpty()) Files.write(folder.resolve(EVIDENCE), result.evidence());
            write(result);
            return result.passed() ? 0 : 1;
        }
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
