package io.gamehall.hallctl.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.hallctl.facts.RewardRows;
import io.gamehall.hallctl.facts.RoundFact;
import io.gamehall.hallctl.load.Latencies;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.process.ProcessId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code cas-writer}: the writer that the pipeline is compared to, in a process of its own, as a service would be. Prints
 * one line of JSON. The facts are made in this process: they cost it neither Kafka nor HTTP.
 */
@Command(name = "cas-writer", hidden = true, description = "The synchronous writer of `bench rewards --baseline`.")
public final class CasWriterCommand implements Callable<Integer> {
    /** Name of the command. */
    public static final String NAME = "cas-writer";

    private static final String STATEMENTS = "Questions";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Option(names = "--db-port", required = true)
    private int dbPort;

    @Option(names = "--db-user", required = true)
    private String dbUser;

    @Option(names = "--db-password", defaultValue = "${env:GAMEHALL_DB_PASSWORD}")
    private String dbPassword;

    @Option(names = "--db-pid", required = true)
    private long dbPid;

    @Option(names = "--cell", required = true)
    private String cell;

    @Option(names = "--players", required = true)
    private int players;

    @Option(names = "--zipf", required = true)
    private double exponent;

    @Option(names = "--warm-up", required = true)
    private int warmUpSeconds;

    @Option(names = "--facts", required = true)
    private int facts;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--pool", required = true)
    private int poolSize;

    @Option(names = "--back-off", arity = "1", required = true)
    private boolean backsOff;

    @Option(names = "--rate", required = true)
    private int rate;

    @Option(names = "--seconds", required = true)
    private int seconds;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    /** Each part has players of its own; so has each process, as long as the data are kept. */
    private long nextPlayer = ThreadLocalRandom.current().nextLong(1, 1L << 40);

    private int made;

    @Override
    public Integer call() throws Exception {
        var schema = new Schema("127.0.0.1", dbPort, dbUser, dbPassword);
        schema.prepare(cell);
        var figures = new LinkedHashMap<String, Object>();
        try (var writer = new CasWriter(
                () -> schema.connect(Schema.database(cell), "&useServerPrepStmts=true"), poolSize, backsOff)) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
            do {
                run(writer, script(), facts / 4, 0);
            } while (System.nanoTime() < until);
            measured(writer, schema, figures);
            figures.put("visible_p99_ms", paced(writer));
        }
        System.out.println(new ObjectMapper().writeValueAsString(figures));
        return 0;
    }

    private void measured(CasWriter writer, Schema schema, Map<String, Object> figures) throws Exception {
        var database = ProcessHandle.of(dbPid).orElseThrow();
        var here = ProcessId.of(ProcessHandle.current());
        var script = script();
        try (var rows = rows(schema, script)) {
            here.forgetPeak();
            long statements = rows.status(STATEMENTS);
            long conflicts = writer.conflicts();
            long cpu = system.getProcessCpuTime();
            var databaseCpu = database.info().totalCpuDuration().orElse(Duration.ZERO);
            long start = System.nanoTime();
            var latencies = run(writer, script, facts, 0);
            double lasted = (System.nanoTime() - start) / 1e9;
            double ms = (system.getProcessCpuTime() - cpu) / 1e3 / facts;
            double databaseMs = database.info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .minus(databaseCpu)
                            .toNanos()
                    / 1e3
                    / facts;
            long asked = rows.status(STATEMENTS) - statements;
            figures.put("facts_per_s", Math.rint(facts / lasted));
            figures.put("cas_conflicts", writer.conflicts() - conflicts);
            figures.put("conflicts_per_fact", rounded((writer.conflicts() - conflicts) / (double) facts, 1_000));
            figures.put("statements_per_fact", rounded(asked / (double) facts, 1_000));
            figures.put("cpu_ms_per_1000_facts", rounded(ms + databaseMs, 10));
            figures.put("cpu_ms_per_1000_facts_service", rounded(ms, 10));
            figures.put("cpu_ms_per_1000_facts_database", rounded(databaseMs, 10));
            figures.put("peak_rss_mib", here.peakRssMib().orElse(0L));
            figures.put("call_p99_ms", latencies.percentileMs(99));
            figures.put("uncounted", facts - rows.counted());
        }
    }

    /** At the pace at which the pipeline's latency is measured; who cannot keep it shows how late it becomes. */
    private double paced(CasWriter writer) throws Exception {
        return run(writer, script(), (int) Math.min(Integer.MAX_VALUE, (long) rate * seconds), rate)
                .percentileMs(99);
    }

    /** @param pace facts per second; 0: as fast as they are written */
    private Latencies run(CasWriter writer, FactScript script, int count, int pace) throws Exception {
        var latencies = new Latencies();
        var next = new AtomicLong();
        long start = System.nanoTime();
        Callable<Void> work = () -> {
            for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                long begins = System.nanoTime();
                if (pace > 0) {
                    begins = start + number * (SECOND / pace);
                    while (begins - System.nanoTime() > 0) LockSupport.parkNanos(begins - System.nanoTime());
                }
                writer.write((RoundFact) script.at(number));
                latencies.record(System.nanoTime() - begins);
            }
            return null;
        };
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var working = new ArrayList<Future<Void>>();
            for (int i = 0; i < threads; i++) working.add(executor.submit(work));
            for (var one : working) one.get();
        }
        return latencies;
    }

    private FactScript script() {
        var crowd = new FactScript.Crowd(nextPlayer, players, exponent);
        nextPlayer += players;
        return new FactScript(crowd, "cas-" + ++made, Map.of(FactKind.RESULTS, 1), made, System.currentTimeMillis());
    }

    private RewardRows rows(Schema schema, FactScript script) {
        return new RewardRows(
                schema,
                Schema.database(cell),
                script.crowd().first(),
                script.crowd().last());
    }

    private static double rounded(double value, double to) {
        return Math.rint(value * to) / to;
    }
}
