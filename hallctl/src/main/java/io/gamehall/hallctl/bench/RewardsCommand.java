package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.TemporaryHall;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench rewards}: from facts in Kafka to their effects in the database. */
@Command(
        name = "rewards",
        description =
                "Facts of skewed players that stand in Kafka, until all of their effects are in the database; then"
                        + " the sums are checked, and how long a fact takes at an even pace.",
        footer = "Figures: facts_per_s, cas_conflicts, db_statements_per_s, statements_per_fact, cpu_ms_per_1000_facts,"
                + " peak_rss_mib, visible_p99_ms; lost, doubled, notices_missing (must be 0).")
final class RewardsCommand implements Callable<Integer> {
    private static final int MIX_MAX = 1_000;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--facts",
            defaultValue = "200000",
            paramLabel = "N",
            description = "Of a run, all in Kafka before the first one is read (default: ${DEFAULT-VALUE}).")
    private int facts;

    @Option(
            names = "--mix",
            split = ",",
            paramLabel = "KIND=SHARE",
            description = "Which facts: results (settled rounds), joins (of activities). Default: results=100.")
    private Map<String, Integer> mix = Map.of("results", 100);

    @Option(names = "--players", defaultValue = "10000", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int players;

    @Option(
            names = "--zipf",
            defaultValue = "1.1",
            paramLabel = "S",
            description = "Exponent of Zipf's law: how skewed the players are (default: ${DEFAULT-VALUE}).")
    private double exponent;

    @Option(
            names = "--rate",
            defaultValue = "5000",
            paramLabel = "N",
            description =
                    "Facts per second at which latency is measured, for --seconds: that of a backlog would only say"
                            + " how long the backlog is (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--baseline",
            description =
                    "Also measure a synchronous compare-and-set writer (one SELECT and one UPDATE … WHERE version = ?"
                            + " for each fact, again when it lost), and compare.")
    private boolean baseline;

    @Option(
            names = "--baseline-facts",
            defaultValue = "50000",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int baselineFacts;

    @Option(
            names = "--baseline-threads",
            defaultValue = "64",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int baselineThreads;

    @Option(
            names = "--baseline-pool",
            defaultValue = "8",
            paramLabel = "N",
            description =
                    "Its connections. 8 is the best found; 64, one for each thread and without back-off, is what one"
                            + " writes at first (default: ${DEFAULT-VALUE}).")
    private int baselinePool;

    @Override
    public Integer call() throws Exception {
        check();
        var plan = new RewardRun.Plan(players, exponent, kinds(), facts, rate, options.lasts());
        var bench = new Bench("rewards", options, targets(), System.out);
        bench.introduce(
                "%,d facts (%s) of %,d players, Zipf %s".formatted(facts, describe(plan.mix()), players, exponent));
        try (var temporary = new TemporaryHall();
                var run = run(temporary, plan, bench)) {
            var runs = new ArrayList<Figures>();
            bench.say("warm-up    " + run.warmUp(options.warmsUp()).line());
            for (int number = 1; number <= options.runs(); number++) {
                var figures = run.measure("run " + number);
                if (baseline) new Baseline(run.hall(), setup()).measure(figures, run.process());
                bench.tell(number, figures);
                runs.add(figures);
            }
            if (baseline) Baseline.sideBySide(Bench.summary(runs)).forEach(bench::say);
            return bench.report(runs);
        }
    }

    /** A hall of its own, always: its service is made to stand still. */
    private RewardRun run(TemporaryHall temporary, RewardRun.Plan plan, Bench bench) throws Exception {
        var hall =
                new HallUnderTest(temporary.directory(), temporary.start(hallPlan()), java.util.Optional.of(temporary));
        bench.note("hall", hall.describe());
        bench.note("mix", describe(plan.mix()));
        bench.note("players", players + ", Zipf " + exponent);
        bench.note("facts", Integer.toString(facts));
        bench.note("rate", Integer.toString(rate));
        if (baseline) {
            bench.note(
                    "baseline",
                    baselineThreads + " threads, pool " + baselinePool + (backsOff() ? ", back-off" : ", no back-off"));
        }
        return new RewardRun(hall, plan, System.out);
    }

    private Baseline.Setup setup() {
        return new Baseline.Setup(
                players,
                exponent,
                (int) options.warmsUp().toSeconds(),
                baselineFacts,
                baselineThreads,
                baselinePool,
                backsOff(),
                rate,
                (int) options.lasts().toSeconds());
    }

    private boolean backsOff() {
        return baselinePool < baselineThreads;
    }

    private Map<FactKind, Integer> kinds() {
        var kinds = new EnumMap<FactKind, Integer>(FactKind.class);
        mix.forEach((label, share) -> {
            options.within("--mix", share, 0, MIX_MAX);
            var kind = FactKind.of(label).orElseThrow(() -> options.usage("--mix knows no facts '" + label + "'."));
            if (share > 0) kinds.put(kind, share);
        });
        if (kinds.isEmpty()) throw options.usage("--mix names no facts.");
        return kinds;
    }

    private static String describe(Map<FactKind, Integer> kinds) {
        return kinds.entrySet().stream()
                .map(entry -> entry.getKey().label() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private TemporaryHall.Plan hallPlan() {
        return new TemporaryHall.Plan(List.of(Service.REWARD), Map.of(), 0, options.javaOptions(), Map.of());
    }

    private List<Target> targets() {
        var targets = new ArrayList<Target>();
        targets.add(Target.atLeast("facts_per_s", 10_000, 30_000));
        targets.add(Target.atMost("cas_conflicts", 0, 0));
        if (baseline) targets.add(Target.aimAtMost("cpu_of_baseline", 0.1));
        return targets;
    }

    private void check() {
        options.check();
        options.within("--facts", facts, 100, 5_000_000);
        options.within("--players", players, 1, 1_000_000);
        options.within("--rate", rate, 1, 200_000);
        options.within("--baseline-facts", baselineFacts, 100, 5_000_000);
        options.within("--baseline-threads", baselineThreads, 1, 1_000);
        options.within("--baseline-pool", baselinePool, 1, 400);
        if (exponent < 0 || exponent > 5) throw options.usage("--zipf takes 0 to 5.");
    }
}
