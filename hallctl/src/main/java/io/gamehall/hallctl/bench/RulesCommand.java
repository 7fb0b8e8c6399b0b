package io.gamehall.hallctl.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench rules}: decisions per second of the pure rules, by JMH. Needs no hall. */
@Command(
        name = "rules",
        description = "The pure room rules in one thread, without I/O (JMH): decisions per second.",
        footer = {
            "Each run is a JVM of its own; --seconds are shared by the three mixes of commands.",
            "Figures: ops_per_s (equal parts of all), ops_per_s_seats, ops_per_s_members, ops_per_s_rounds."
        })
final class RulesCommand implements Callable<Integer> {
    private static final int MIXES = 3;
    private static final List<Target> TARGETS = List.of(Target.atLeast("ops_per_s", 1_000_000, 5_000_000));

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--in-process",
            description = "Without a JVM of its own, for a profiler: figures are not to be trusted.")
    private boolean inProcess;

    @Override
    public Integer call() throws Exception {
        options.check();
        var bench = new Bench("rules", options, TARGETS, System.out);
        bench.introduce("decide and apply in a room of 400, one thread, JMH");
        bench.say("about " + 2 * options.lasts().toSeconds() * options.runs() + " s ...");
        // In equal parts a run and its warm-up, each cut into iterations of a mix.
        var part = TimeValue.milliseconds(Math.max(100, options.lasts().toMillis() / MIXES / 3));
        var jmh = new OptionsBuilder()
                .include(RulesBenchmark.class.getName())
                .forks(inProcess ? 0 : options.runs())
                .warmupIterations(3)
                .warmupTime(part)
                .measurementIterations(3)
                .measurementTime(part)
                .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        var runs = runs(new Runner(jmh).run());
        for (int run = 0; run < runs.size(); run++) bench.tell(run + 1, runs.get(run));
        return bench.report(runs);
    }

    /** The forks of all mixes, the first of each together, and so on. */
    static List<Figures> runs(Collection<RunResult> results) {
        Map<String, List<Double>> scores = results.stream()
                .collect(Collectors.toMap(
                        result -> result.getPrimaryResult().getLabel(), result -> result.getBenchmarkResults().stream()
                                .map(BenchmarkResult::getPrimaryResult)
                                .map(fork -> fork.getScore())
                                .toList()));
        return figures(scores);
    }

    static List<Figures> figures(Map<String, List<Double>> scores) {
        int forks = scores.values().stream().mapToInt(List::size).min().orElseThrow();
        var runs = new ArrayList<Figures>();
        for (int fork = 0; fork < forks; fork++) {
            int number = fork;
            double secondsPerOperation = scores.values().stream()
                    .mapToDouble(mix -> 1 / mix.get(number))
                    .average()
                    .orElseThrow();
            var run = new Figures().with("ops_per_s", Math.rint(1 / secondsPerOperation));
            scores.keySet().stream()
                    .sorted()
                    .forEach(mix -> run.with(
                            "ops_per_s_" + mix, Math.rint(scores.get(mix).get(number))));
            runs.add(run);
        }
        return runs;
    }
}
