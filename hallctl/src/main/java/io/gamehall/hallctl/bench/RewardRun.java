package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.facts.FactFindings;
import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.facts.FactProducer;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.hallctl.facts.RewardRows;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.Metrics;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Signals;
import io.gamehall.hallctl.process.Stopper;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs of {@code bench rewards}, each with players of its own. The service stands still (SIGSTOP) while the facts of a
 * run go into Kafka, so that the rate is the pipeline's and not the producer's, and the code stays warm. Confined to one
 * thread.
 */
final class RewardRun implements AutoCloseable {
    private static final Duration EFFECTS_MAX = Duration.ofMinutes(5);
    private static final long LOOK_MS_MAX = 250;
    private static final long LOOK_MS_MIN = 5;
    private static final int PACED_SHARE_OF_WARM_UP = 3;
    private static final String STATEMENTS = "Questions";
    private static final String CONFLICTS = "gamehall_reward_cas_conflicts_total";
    private static final String BATCHES = "gamehall_reward_batch_size_count";
    private static final String IN_BATCHES = "gamehall_reward_batch_size_sum";

    private final HallUnderTest hall;
    private final Plan plan;
    private final PrintStream out;
    private final FactProducer producer;
    private long nextPlayer;
    private int made;

    /**
     * What is told.
     *
     * @param facts of a run
     * @param rate at which latency is measured, facts per second
     * @param paces how long that lasts
     */
    record Plan(int players, double exponent, Map<FactKind, Integer> mix, int facts, int rate, Duration paces) {}

    RewardRun(HallUnderTest hall, Plan plan, PrintStream out) {
        this.hall = hall;
        this.plan = plan;
        this.out = out;
        producer = new FactProducer(hall.bootstrap(), hall.cell().name());
        // The players of two programs on one hall are not to be the same.
        nextPlayer = ((long) hall.cell().number() << 40)
                + ThreadLocalRandom.current().nextLong(1, 1L << 38);
    }

    /** Until the time is over, with a few facts each time. */
    Figures warmUp(Duration lasts) throws Exception {
        long until = System.nanoTime() + lasts.toNanos();
        int few = Math.max(1, plan.facts() / 4);
        var last = backlog(few, "warm-up");
        while (System.nanoTime() < until) last = backlog(few, "warm-up");
        new RewardPace(hall, producer, script(), plan.rate()).run(plan.paces().dividedBy(PACED_SHARE_OF_WARM_UP));
        return last;
    }

    Figures measure(String title) throws Exception {
        var figures = backlog(plan.facts(), title);
        var script = script();
        var pace = new RewardPace(hall, producer, script, plan.rate());
        try (var rows = rows(script)) {
            pace.run(plan.paces()).into(figures);
            awaitEffects(rows, pace.told(), title + ", paced");
            judge(figures, script, pace.told(), rows);
        }
        return figures;
    }

    /** All facts are in Kafka before the first one is read. */
    private Figures backlog(int facts, String title) throws Exception {
        var script = script();
        var service = process();
        var counts = metrics();
        try (var rows = rows(script)) {
            Start start;
            Signals.stop(service.handle().orElseThrow());
            try {
                for (long number = 0; number < facts; number++) producer.send(script.at(number));
                producer.flush();
                service.forgetPeak();
                database().forgetPeak();
                start = new Start(counts, rows.status(STATEMENTS), CpuUse.now(hall.state()), System.nanoTime());
            } finally {
                Signals.goOn(service.handle().orElseThrow());
            }
            var figures = new Figures();
            consume(figures, start, rows, facts, title);
            judge(figures, script, facts, rows);
            return figures;
        }
    }

    /** How all counters stood before the first fact was read: what the service does from then on counts, all of it. */
    private record Start(Metrics counts, long statements, CpuUse cpu, long nanos) {}

    private void consume(Figures figures, Start start, RewardRows rows, int facts, String title) throws Exception {
        long looks = awaitEffects(rows, facts, title);
        double seconds = (System.nanoTime() - start.nanos()) / 1e9;
        double asked = rows.status(STATEMENTS) - start.statements() - looks;
        var used = CpuUse.now(hall.state()).since(start.cpu());
        var after = metrics();
        double batches = after.sum(BATCHES) - start.counts().sum(BATCHES);
        figures.with("facts_per_s", Math.rint(facts / seconds))
                .with("cas_conflicts", after.sum(CONFLICTS) - start.counts().sum(CONFLICTS))
                .with("db_statements_per_s", Math.rint(asked / seconds))
                .with("statements_per_fact", round(asked / facts, 10_000))
                .with("cpu_ms_per_1000_facts", cpu(used, facts, "reward") + cpu(used, facts, "mariadb"))
                .with("cpu_ms_per_1000_facts_service", cpu(used, facts, "reward"))
                .with("cpu_ms_per_1000_facts_database", cpu(used, facts, "mariadb"))
                .with("cpu_ms_per_1000_facts_kafka", cpu(used, facts, "kafka"))
                .with("peak_rss_mib", process().peakRssMib().orElse(0L))
                .with("peak_rss_mib_database", database().peakRssMib().orElse(0L));
        if (batches > 0) {
            figures.with(
                    "facts_per_batch",
                    round((after.sum(IN_BATCHES) - start.counts().sum(IN_BATCHES)) / batches, 10));
        }
    }

    /** @return how many statements of its own it took to look */
    private long awaitEffects(RewardRows rows, long facts, String title) throws SQLException {
        long start = System.nanoTime();
        long looks = 0;
        var counted = new long[1];
        try (var _ = new Ticker(out, title, () -> counted[0])) {
            while (true) {
                counted[0] = rows.counted();
                looks += RewardRows.LOOKS;
                if (counted[0] >= facts) return looks;
                long passed = System.nanoTime() - start;
                if (passed > EFFECTS_MAX.toNanos()) return looks;
                // Closer together towards the end, so that looking costs little and the end is known well.
                long left = counted[0] == 0 ? LOOK_MS_MAX : passed / counted[0] * (facts - counted[0]) / 2_000_000;
                Stopper.pause(Math.clamp(left, LOOK_MS_MIN, LOOK_MS_MAX));
            }
        }
    }

    private void judge(Figures figures, FactScript script, long facts, RewardRows rows) throws SQLException {
        var findings = FactFindings.of(FactFindings.told(script, facts), rows.all());
        findings.lost().stream().limit(3).forEach(it -> out.println("             LOST " + it));
        findings.doubled().stream().limit(3).forEach(it -> out.println("             DOUBLED " + it));
        figures.with("lost", figures.or("lost", 0) + findings.lost().size())
                .with("doubled", figures.or("doubled", 0) + findings.doubled().size());
    }

    /** Of the next players. */
    private FactScript script() {
        var crowd = new FactScript.Crowd(nextPlayer, plan.players(), plan.exponent());
        nextPlayer += plan.players();
        return new FactScript(
                crowd,
                "bench-" + ++made,
                plan.mix(),
                ThreadLocalRandom.current().nextLong(),
                System.currentTimeMillis());
    }

    private RewardRows rows(FactScript script) {
        var servers = hall.state().servers();
        return new RewardRows(
                new Schema(
                        "127.0.0.1",
                        servers.dbPort(),
                        servers.dbUser(),
                        hall.credentials().databasePassword()),
                Schema.database(hall.cell().name()),
                script.crowd().first(),
                script.crowd().last());
    }

    HallUnderTest hall() {
        return hall;
    }

    /** The service's. */
    ProcessId process() {
        return process("reward");
    }

    private ProcessId database() {
        return process("mariadb");
    }

    private ProcessId process(String name) {
        return hall.state().processes().stream()
                .filter(running -> running.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The hall runs without " + name))
                .process()
                .id();
    }

    private Metrics metrics() throws IOException, InterruptedException {
        return Metrics.of(hall.addresses(Service.REWARD).getFirst());
    }

    private static double cpu(Map<String, Duration> used, int facts, String process) {
        return round(used.getOrDefault(process, Duration.ZERO).toNanos() / 1e3 / facts, 10);
    }

    private static double round(double value, double to) {
        return Math.rint(value * to) / to;
    }

    @Override
    public void close() {
        producer.close();
    }
}
