package io.gamehall.reward.achievement.domain;

import java.util.Comparator;

/** Tells repeats of a report: game servers need not agree on ids, so each role has ids of its own. */
public record ReportKey(SetKey set, String fact) implements Comparable<ReportKey> {
    private static final Comparator<ReportKey> ORDER =
            Comparator.comparing(ReportKey::set).thenComparing(ReportKey::fact);

    static ReportKey of(AchievementReport report) {
        return new ReportKey(report.set(), report.key().id());
    }

    @Override
    public int compareTo(ReportKey other) {
        return ORDER.compare(this, other);
    }
}
