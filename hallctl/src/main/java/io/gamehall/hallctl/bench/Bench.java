package io.gamehall.hallctl.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.command.HallOption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The course of every benchmark: tells where it runs, warms up, runs a few times, and reports the median against the
 * targets.
 */
final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Keys that must be 0 in every run: anything else is a wrong answer, not a slow one. */
    static final Set<String> FAULTS = Set.of(
            "failed_while_free",
            "over_capacity",
            "errors",
            "wrong_answers",
            "ledger_missing",
            "ledger_extra",
            "lost",
            "doubled",
            "notices_missing",
            "baseline_uncounted");

    /** Keys whose worst run counts, though it is no wrong answer. */
    private static final Set<String> WORST = Set.of("cas_conflicts");

    /** Keys that must be 1 in every run. */
    static final Set<String> PROMISES = Set.of("first_try_success_while_free");

    private final String name;
    private final BenchOptions options;
    private final PrintStream out;
    private final Map<String, String> about = new LinkedHashMap<>();
    private final List<Target> targets;

    /** One run. */
    @FunctionalInterface
    interface Run {
        /** @param number from 1; 0 is the warm-up */
        Figures measure(int number) throws Exception;
    }

    Bench(String name, BenchOptions options, List<Target> targets, PrintStream out) {
        this.name = name;
        this.options = options;
        this.targets = List.copyOf(targets);
        this.out = out;
    }

    /** Tells what is measured, and on what. To be called before anything is started. */
    void introduce(String what) {
        out.println("bench " + name + ": " + what);
        about.putAll(Machine.describe(HallOption.repository()));
        about.forEach(this::tell);
        out.flush();
    }

    /** Something that belongs to the figures, e.g. the hall. */
    void note(String key, String value) {
        about.put(key, value);
        tell(key, value);
    }

    void say(String line) {
        out.println("  " + line);
        out.flush();
    }

    /**
     * Runs, and reports.
     *
     * @param warmUp false where each run starts cold on purpose
     * @return the exit code: 1 if an answer was wrong, whatever the speed
     */
    int run(boolean warmUp, Run run) throws Exception {
        if (warmUp) say("warm-up    " + run.measure(0).line());
        var runs = new ArrayList<Figures>();
        for (int number = 1; number <= options.runs(); number++) {
            runs.add(run.measure(number));
            tell(number, runs.getLast());
        }
        return report(runs);
    }

    /** Tells a run. */
    void tell(int number, Figures run) {
        say("run %-6d %s".formatted(number, run.line()));
    }

    /** Reports runs that were made elsewhere; see {@link #run}. */
    int report(List<Figures> runs) throws IOException {
        var summary = summary(runs);
        say("median     " + summary.line());
        targets.stream()
                .filter(target -> summary.has(target.key()))
                .forEach(target -> say("target     " + target.verdict(summary.get(target.key()))));
        if (options.json() != null) write(json(summary, runs.size()));
        var wrong = wrong(summary);
        say(wrong.isEmpty() ? "OK: every answer was right." : "FAILED: " + String.join(", ", wrong) + ".");
        return wrong.isEmpty() ? 0 : 1;
    }

    /** All runs in one. */
    static Figures summary(List<Figures> runs) {
        var worst = new HashSet<>(FAULTS);
        worst.addAll(WORST);
        return Figures.summary(runs, worst, PROMISES);
    }

    /** What must not be. */
    static List<String> wrong(Figures summary) {
        var wrong = new ArrayList<String>();
        summary.values().forEach((key, value) -> {
            if (FAULTS.contains(key) && value > 0 || PROMISES.contains(key) && value < 1) {
                wrong.add(key + " " + Figures.text(value));
            }
        });
        return wrong;
    }

    /** One flat object: the figures by their agreed keys, then where they come from. */
    Map<String, Object> json(Figures summary, int runs) {
        var json = new LinkedHashMap<String, Object>();
        summary.values().forEach((key, value) -> json.put(key, exact(value)));
        json.put("bench", name);
        json.put("runs", runs);
        json.put("seconds", options.lasts().toSeconds());
        json.putAll(about);
        return json;
    }

    private static Number exact(double value) {
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }

    private void write(Map<String, Object> json) throws IOException {
        var file = options.json().toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(json) + "\n");
    }

    private void tell(String key, String value) {
        say("%-10s %s".formatted(key.replace("_average_before", ""), value));
    }
}
