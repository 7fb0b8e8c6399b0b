package io.gamehall.hallctl.drill;

import io.gamehall.hallctl.drill.check.Findings;
import io.gamehall.hallctl.drill.check.JournalTrace;
import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.fault.Fault;
import io.gamehall.hallctl.drill.hall.DrillResult;
import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.load.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a drill came to: the flat figures of {@code --json}, the lines for people, and the verdict. */
final class DrillReport implements DrillResult {
    private static final int SHOWN_MAX = 10;

    private final Fault fault;
    private final boolean recovered;
    private final Findings findings;
    private final List<String> faultProblems;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, Long> refusals;
    private final Map<String, Long> unexpected;
    private final Map<String, Long> failures;
    private final double outageMs;

    DrillReport(
            DrillPlan plan,
            Fault fault,
            boolean recovered,
            Drill.Times times,
            Load load,
            JournalTrace journal,
            Set<Integer> partitions,
            Findings findings,
            List<String> faultProblems) {
        this.fault = fault;
        this.recovered = recovered;
        this.findings = findings;
        this.faultProblems = faultProblems;
        var calls = load.history().all();
        var outages = new Outages(calls, load.availability()::partition);
        var away = away(fault, outages, calls, times);
        this.outageMs = Outages.max(away);
        this.refusals = reasons(calls, call -> call.outcome() == Outcome.REFUSED);
        this.failures = reasons(calls, call -> call.outcome() == Outcome.FAILED);
        this.unexpected = reasons(calls, DrillReport::isUnexpected);
        figures.put("drill", fault.name());
        figures.put("passed", false);
        figures.put("recovered", recovered);
        figures.put("outage_ms", rounded(outageMs));
        figures.put("outage_p50_ms", rounded(Outages.median(away)));
        figures.put("affected_" + hit(), away.size());
        figures.put("partitions_with_rooms", partitions.size());
        figures.put(
                "calm_gap_ms",
                rounded(Outages.max(outages.longest(partitions, times.warmNanos(), times.struckNanos()))));
        figures.put(
                "heal_gap_ms", rounded(Outages.max(outages.longest(partitions, times.healNanos(), times.endNanos()))));
        for (var kind : Violation.Kind.values()) {
            figures.put(kind.name().toLowerCase(Locale.ROOT), findings.count(kind));
        }
        figures.putAll(counts(calls));
        figures.put(
                "acknowledged_after",
                count(
                        calls,
                        call -> call.outcome() == Outcome.ACKNOWLEDGED
                                && call.span().startNanos() > times.healedNanos()));
        figures.put("rounds_settled", journal.settled().size());
        figures.put("dropped_records", journal.dropped());
        figures.put("owner_changes", journal.ownerships().size());
        figures.putAll(fault.figures());
        figures.put("players", plan.players());
        figures.put("seconds", plan.lasts().toSeconds());
        figures.put("seed", plan.seed());
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        figures.put("passed", passed());
    }

    private static Map<Integer, Double> away(Fault fault, Outages outages, List<Call> calls, Drill.Times times) {
        var clients = fault.clients();
        if (clients.isEmpty()) return outages.longest(fault.affected(), times.struckNanos(), times.healNanos());
        var all = java.util.stream.IntStream.range(0, clients.size()).boxed().toList();
        return Outages.ofClients(calls, clients).longest(all, times.struckNanos(), times.healNanos());
    }

    /** What it is that had no answer. */
    private String hit() {
        return fault.clients().isEmpty() ? "partitions" : "clients";
    }

    private static Map<String, Object> counts(List<Call> calls) {
        var counts = new LinkedHashMap<String, Object>();
        counts.put("calls", calls.size());
        counts.put("acknowledged", count(calls, call -> call.outcome() == Outcome.ACKNOWLEDGED));
        counts.put("refused", count(calls, call -> call.outcome() == Outcome.REFUSED));
        counts.put("refused_unexpectedly", count(calls, DrillReport::isUnexpected));
        counts.put("failed", count(calls, call -> call.tries() > 1 || call.outcome() == Outcome.FAILED));
        counts.put("failed_after_retry", count(calls, call -> call.outcome() == Outcome.FAILED));
        counts.put("retries", calls.stream().mapToLong(call -> call.tries() - 1).sum());
        counts.put("repeats_not_recognised", count(calls, Call::isRefusedForItsOwnEffect));
        return counts;
    }

    private static long count(List<Call> calls, java.util.function.Predicate<Call> which) {
        return calls.stream().filter(which).count();
    }

    private static Map<String, Long> reasons(List<Call> calls, java.util.function.Predicate<Call> which) {
        return calls.stream()
                .filter(which)
                .collect(Collectors.groupingBy(
                        call -> call.kind() + " " + call.reason(), java.util.TreeMap::new, Collectors.counting()));
    }

    /** A refusal that a player who knows where it is never gets. */
    private static boolean isUnexpected(Call call) {
        return call.outcome() == Outcome.REFUSED
                && (!call.kind().mayBeRefused(call.reason()) || isOutOfStep(call) && call.tries() == 1);
    }

    /** The owner sees the player elsewhere than the player does. */
    private static boolean isOutOfStep(Call call) {
        return Set.of("ALREADY_SEATED", "NOT_SEATED", "NOT_IN_ROOM", "ALREADY_IN_ROOM")
                .contains(call.reason());
    }

    @Override
    public boolean passed() {
        return recovered
                && findings.violations().isEmpty()
                && faultProblems.isEmpty()
                && outageMs < fault.outageFloor().toMillis();
    }

    @Override
    public Map<String, Object> figures() {
        return figures;
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<>(faultProblems);
        lines.addAll(findings.evidence());
        return lines;
    }

    private boolean hasEvidence() {
        return !faultProblems.isEmpty() || !findings.violations().isEmpty();
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("  %d calls: %s acknowledged, %s refused, %s tried again (%s tries), %s never answered"
                .formatted(
                        (Integer) figures.get("calls"),
                        figures.get("acknowledged"),
                        figures.get("refused"),
                        figures.get("failed"),
                        figures.get("retries"),
                        figures.get("failed_after_retry")));
        lines.add("  %s rounds settled; %s owner changes, %s records of stale owners dropped; %s repeats not recognised"
                .formatted(
                        figures.get("rounds_settled"),
                        figures.get("owner_changes"),
                        figures.get("dropped_records"),
                        figures.get("repeats_not_recognised")));
        lines.add("  refusals: " + refusals);
        if (!failures.isEmpty()) lines.add("  never answered: " + failures);
        if (!unexpected.isEmpty()) lines.add("  refusals that nobody should have got: " + unexpected);
        lines.add("");
        lines.add("  %-34s %12s %12s %12s".formatted("FACT", "MEASURED", "FLOOR", "GOAL"));
        lines.add(row(
                "longest time without an answer",
                ms(outageMs),
                "< " + fault.outageFloor().toMillis() + " ms",
                "< " + fault.outageGoal().toMillis() + " ms"));
        lines.add(row("  median of its " + hit(), ms(figures.get("outage_p50_ms")), "", ""));
        lines.add(row("  any partition before the strike", ms(figures.get("calm_gap_ms")), "", ""));
        lines.add(row("  any partition while healing", ms(figures.get("heal_gap_ms")), "", ""));
        lines.add(row("never answered", figures.get("failed_after_retry").toString(), "", "0"));
        for (var key : List.of("lost", "doubled", "over_cap")) {
            lines.add(row(key, figures.get(key).toString(), "0", "0"));
        }
        fault.figures().forEach((key, value) -> lines.add(row(key, text(value), "", "")));
        lines.add("");
        faultProblems.stream().limit(SHOWN_MAX).forEach(it -> lines.add("  VIOLATION " + it));
        findings.violations().stream().limit(SHOWN_MAX).forEach(it -> lines.add("  VIOLATION " + it));
        lines.add((passed() ? "OK: " : "FAILED: ") + fault.name()
                + (recovered ? "" : ", the hall did not recover")
                + (outageMs < fault.outageFloor().toMillis() ? "" : ", the outage was too long")
                + (hasEvidence()
                        ? ", " + (findings.violations().size() + faultProblems.size()) + " violations"
                        : ", nothing lost, nothing doubled, no room over its cap")
                + ".");
        return lines;
    }

    private static String row(String fact, String measured, String floor, String goal) {
        return "  %-34s %12s %12s %12s".formatted(fact, measured, floor, goal);
    }

    private static String ms(Object value) {
        return text(value) + " ms";
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.0f", number) : value.toString();
    }

    private static double rounded(double ms) {
        return Math.round(ms * 10) / 10.0;
    }
}
