package io.gamehall.hallctl.drill.rewards;

import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.hall.DrillResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a drill of rewards came to: the flat figures of {@code --json}, the lines for people, and the verdict. */
final class RewardReport implements DrillResult {
    private static final int SHOWN_MAX = 10;
    private static final int EVIDENCE_MAX = 10_000;

    private final RewardFault fault;
    private final boolean recovered;
    private final RewardFindings findings;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    /** @param poison records that nobody can use */
    RewardReport(
            RewardFault fault,
            RewardDrill.Plan plan,
            RewardDrill.Times times,
            FactLoad load,
            int poison,
            RewardFindings findings) {
        this.fault = fault;
        this.recovered = times.recovered();
        this.findings = findings;
        var heard = load.heard();
        figures.put("drill", fault.label());
        figures.put("passed", passed());
        figures.put("recovered", recovered);
        figures.put("outage_ms", Math.round(heard.longestGapMs(times.struckNanos(), times.endNanos())));
        figures.put("calm_gap_ms", Math.round(heard.longestGapMs(times.warmNanos(), times.struckNanos())));
        for (var kind : Violation.Kind.values()) {
            figures.put(kind.name().toLowerCase(Locale.ROOT), findings.count(kind));
        }
        figures.put("facts", load.told());
        figures.put("told_once_more", load.toldOnceMore());
        figures.put("notices", heard.size());
        figures.put("notices_repeated", heard.repeats());
        figures.put("poison", poison);
        figures.put("dead_letters", findings.letters());
        figures.put("dead_letters_repeated", findings.letterRepeats());
        figures.put("times", plan.fault().times());
        figures.put("players", plan.players());
        figures.put("rate", plan.rate());
        figures.put("seconds", plan.lasts().toSeconds());
        figures.put("seed", plan.seed());
        figures.put("processors", Runtime.getRuntime().availableProcessors());
    }

    @Override
    public boolean passed() {
        return recovered && findings.violations().isEmpty();
    }

    @Override
    public Map<String, Object> figures() {
        return figures;
    }

    @Override
    public List<String> evidence() {
        return findings.violations().stream()
                .limit(EVIDENCE_MAX)
                .map(Violation::toString)
                .toList();
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("");
        figures.forEach((key, value) -> lines.add("  %-26s %s".formatted(key, value)));
        lines.add("");
        findings.violations().stream().limit(SHOWN_MAX).forEach(it -> lines.add("  VIOLATION " + it));
        lines.add((passed() ? "OK: " : "FAILED: ") + fault.label()
                + (recovered ? "" : ", the hall did not recover as it should")
                + (findings.violations().isEmpty()
                        ? ", nothing lost, nothing doubled"
                        : ", " + findings.violations().size() + " violations")
                + ".");
        return lines;
    }
}
