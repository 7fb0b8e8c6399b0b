package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.command.HallOption;
import io.gamehall.hallctl.state.HallDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every benchmark takes. */
final class BenchOptions {
    private static final int RUNS_MAX = 100;
    private static final int SECONDS_MAX = 3_600;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(
            names = "--runs",
            defaultValue = "3",
            paramLabel = "N",
            description = "Runs after the warm-up; the median counts (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            paramLabel = "S",
            description = "Length of a run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            paramLabel = "S",
            description = "Length of the warm-up, in which the compilers do their work (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as flat JSON.")
    private Path json;

    @Option(
            names = "--java-opts",
            paramLabel = "WHAT=FLAGS",
            description = "JVM flags of the temporary hall's processes, as of `up`, e.g. room=-Xmx1g. May be repeated.")
    private Map<String, String> javaOptions = Map.of();

    /** @throws ParameterException if a number is out of bounds */
    void check() {
        within("--runs", runs, 1, RUNS_MAX);
        within("--seconds", seconds, 1, SECONDS_MAX);
        within("--warm-up", warmUp, 1, SECONDS_MAX);
    }

    /** @throws ParameterException if it is not within the bounds */
    void within(String option, int value, int min, int max) {
        if (value < min || value > max) throw usage(option + " takes " + min + " to " + max + ", not " + value + ".");
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    int runs() {
        return runs;
    }

    Duration lasts() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmsUp() {
        return Duration.ofSeconds(warmUp);
    }

    Path json() {
        return json;
    }

    HallDirectory directory() {
        return hall.directory();
    }

    /** With the optimising compiler, which a laptop's hall does without; the user's own flags come after. */
    Map<String, String> javaOptions() {
        var options = new HashMap<>(javaOptions);
        options.merge("all", "-XX:TieredStopAtLevel=4", (own, ours) -> ours + " " + own);
        return options;
    }
}
