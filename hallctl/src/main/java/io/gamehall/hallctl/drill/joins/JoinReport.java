package io.gamehall.hallctl.drill.joins;

import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.hall.DrillResult;
import io.gamehall.hallctl.drill.joins.JoinCall.Outcome;
import io.gamehall.hallctl.load.Latencies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a drill of joins came to: the flat figures of {@code --json}, the lines for people, and the verdict. */
final class JoinReport implements DrillResult {
    private static final int SHOWN_MAX = 10;

    private final JoinFault fault;
    private final JoinDrill.Course course;
    private final List<JoinCall> calls;
    private final JoinFindings findings;
    private final long unclear;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    JoinReport(
            JoinFault fault,
            JoinDrill.Plan plan,
            JoinDrill.Course course,
            List<JoinCall> calls,
            List<LedgerRow> ledger,
            int grants,
            JoinFindings findings) {
        this.fault = fault;
        this.course = course;
        this.calls = calls;
        this.findings = findings;
        this.unclear = count(Outcome.FAILED);
        var times = course.times();
        figures.put("drill", fault.label());
        figures.put("passed", passed());
        figures.put("recovered", course.recovered());
        figures.put("sold_out", course.soldOut());
        figures.put("outage_ms", Math.round(JoinOutage.longestMs(calls, times.struckNanos(), times.endNanos())));
        figures.put("calm_gap_ms", Math.round(JoinOutage.longestMs(calls, times.warmNanos(), times.struckNanos())));
        for (var kind : Violation.Kind.values()) {
            figures.put(kind.name().toLowerCase(Locale.ROOT), findings.count(kind));
        }
        figures.put("calls", calls.size());
        for (var outcome : Outcome.values()) figures.put(outcome.name().toLowerCase(Locale.ROOT), count(outcome));
        figures.put("found_again", findings.foundAgain());
        figures.put("unanswered_in_the_end", unanswered());
        figures.put("ledger_rows", ledger.size());
        figures.put("grants", grants);
        figures.put("put_off_p99_ms", putOff().percentileMs(99));
        figures.put("connections", plan.connections());
        figures.put("seconds", plan.lasts().toSeconds());
        figures.put("seed", plan.seed());
        figures.put("processors", Runtime.getRuntime().availableProcessors());
    }

    private long count(Outcome outcome) {
        return calls.stream().filter(call -> call.outcome() == outcome).count();
    }

    /** Players and activities whose last call was not answered. */
    private long unanswered() {
        return calls.stream()
                .collect(Collectors.toMap(call -> call.player() + call.activity(), call -> call, (_, later) -> later))
                .values()
                .stream()
                .filter(call -> !call.isAnswered())
                .count();
    }

    private Latencies putOff() {
        var latencies = new Latencies();
        calls.stream()
                .filter(call -> call.outcome() == Outcome.PUT_OFF)
                .forEach(call ->
                        latencies.record(call.span().endNanos() - call.span().startNanos()));
        return latencies;
    }

    /** A server that is away is no reason to leave players without a clear answer. */
    boolean isClear() {
        return unclear == 0 || fault.cutsConnections();
    }

    @Override
    public boolean passed() {
        return course.recovered()
                && course.soldOut()
                && isClear()
                && findings.violations().isEmpty()
                && unanswered() == 0;
    }

    @Override
    public Map<String, Object> figures() {
        return figures;
    }

    /** The violations, and all calls of the players concerned. */
    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        findings.violations().forEach(it -> lines.add(it.toString()));
        findings.violations().stream()
                .map(Violation::player)
                .filter(player -> player != 0)
                .distinct()
                .forEach(player -> {
                    lines.add("");
                    lines.add("Player " + player + ":");
                    calls.stream().filter(call -> call.player() == player).forEach(call -> lines.add("  " + call));
                });
        return lines;
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("  refused, put off, failed: " + reasons());
        lines.add("");
        figures.forEach((key, value) -> lines.add("  %-26s %s".formatted(key, value)));
        lines.add("");
        findings.violations().stream().limit(SHOWN_MAX).forEach(it -> lines.add("  VIOLATION " + it));
        lines.add((passed() ? "OK: " : "FAILED: ") + fault.label()
                + (course.recovered() ? "" : ", joins were not granted again")
                + (course.soldOut() ? "" : ", no quota was used up: nothing is proved of quotas")
                + (isClear() ? "" : ", " + unclear + " calls had no clear answer")
                + (!findings.violations().isEmpty()
                        ? ", " + findings.violations().size() + " violations"
                        : ", nothing lost, nothing doubled, no quota exceeded")
                + ".");
        return lines;
    }

    private Map<String, Long> reasons() {
        return calls.stream()
                .filter(call -> !call.reason().isEmpty())
                .collect(Collectors.groupingBy(
                        call -> call.outcome() + " " + call.reason(), TreeMap::new, Collectors.counting()));
    }
}
