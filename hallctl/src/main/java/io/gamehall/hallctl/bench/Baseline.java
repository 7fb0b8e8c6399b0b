package io.gamehall.hallctl.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.process.OwnProgram;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The synchronous compare-and-set writer beside the pipeline: the same kind of facts of equally skewed players, on the same
 * database server, while the pipeline stands still.
 */
record Baseline(HallUnderTest hall, Setup setup) {
    private static final String PREFIX = "baseline_";
    private static final String CELL = "baseline";
    /** As a service's; a writer that keeps nothing needs no more. */
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx384m");

    private static final List<String> COMPARED = List.of(
            "facts_per_s",
            "cas_conflicts",
            "statements_per_fact",
            "cpu_ms_per_1000_facts",
            "cpu_ms_per_1000_facts_service",
            "cpu_ms_per_1000_facts_database",
            "peak_rss_mib",
            "visible_p99_ms");

    /**
     * How it is run.
     *
     * @param warmUpSeconds as long as the pipeline's: what is compiled meanwhile costs neither of them anything later
     * @param facts of a run
     * @param threads that write at the same time
     * @param pool connections
     * @param rate of the paced part
     * @param seconds that part lasts
     */
    record Setup(
            int players,
            double exponent,
            int warmUpSeconds,
            int facts,
            int threads,
            int pool,
            boolean backsOff,
            int rate,
            int seconds) {}

    /** Adds its figures, each with {@code baseline_} in front, and the shares of the pipeline. */
    void measure(Figures figures, ProcessId service) throws IOException, InterruptedException {
        Signals.stop(service.handle().orElseThrow());
        try {
            var json = new ObjectMapper().readTree(output());
            json.properties()
                    .forEach(it ->
                            figures.with(PREFIX + it.getKey(), it.getValue().asDouble()));
        } finally {
            Signals.goOn(service.handle().orElseThrow());
        }
        figures.with("times_the_baseline", ratio(figures, "facts_per_s"));
        figures.with("cpu_of_baseline", ratio(figures, "cpu_ms_per_1000_facts"));
    }

    private String output() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GAMEHALL_DB_PASSWORD", hall.credentials().databasePassword());
        var child = builder.start();
        try {
            var text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (child.waitFor() != 0) throw new IOException("The baseline failed: " + text);
            return text;
        } finally {
            child.destroyForcibly();
        }
    }

    private List<String> command() {
        var servers = hall.state().servers();
        var database = hall.state().processes().stream()
                .filter(running -> running.name().equalsIgnoreCase("mariadb"))
                .findFirst()
                .orElseThrow();
        var command = new ArrayList<String>();
        command.add(CasWriterCommand.NAME);
        option(command, "--db-port", servers.dbPort());
        option(command, "--db-user", servers.dbUser());
        option(command, "--db-pid", database.process().pid());
        option(command, "--cell", CELL);
        option(command, "--players", setup.players());
        option(command, "--zipf", setup.exponent());
        option(command, "--warm-up", setup.warmUpSeconds());
        option(command, "--facts", setup.facts());
        option(command, "--threads", setup.threads());
        option(command, "--pool", setup.pool());
        option(command, "--back-off", setup.backsOff());
        option(command, "--rate", setup.rate());
        option(command, "--seconds", setup.seconds());
        return OwnProgram.words(FLAGS, command);
    }

    private static void option(List<String> command, String name, Object value) {
        command.add(name + "=" + value);
    }

    /** For people: both, side by side. */
    static List<String> sideBySide(Figures summary) {
        var lines = new ArrayList<String>();
        lines.add(row("", "pipeline", "baseline", "pipeline / baseline"));
        COMPARED.stream()
                .filter(key -> summary.has(PREFIX + key))
                .forEach(key -> lines.add(row(
                        key,
                        Figures.text(summary.get(key)),
                        Figures.text(summary.get(PREFIX + key)),
                        String.format(Locale.ROOT, "%.3f", ratio(summary, key)))));
        return lines;
    }

    private static String row(String key, String pipeline, String baseline, String ratio) {
        return "%-34s %12s %12s   %s".formatted(key, pipeline, baseline, ratio);
    }

    private static double ratio(Figures figures, String key) {
        double other = figures.get(PREFIX + key);
        return other == 0 ? 0 : Math.rint(figures.get(key) / other * 1_000) / 1_000;
    }
}
