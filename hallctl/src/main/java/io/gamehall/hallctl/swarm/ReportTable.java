package io.gamehall.hallctl.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of a run for people: a line for each call, what went wrong, and the verdict. */
final class ReportTable {
    private static final int FAULTS_SHOWN_MAX = 8;
    private static final int DETAIL_LENGTH_MAX = 300;

    private ReportTable() {}

    static List<String> lines(SwarmReport report, Tally tally) {
        var lines = new ArrayList<String>();
        lines.add("  %-16s %9s %8s %7s %9s %9s %9s"
                .formatted("CALL", "COUNT", "REFUSED", "ERRORS", "P50 ms", "P99 ms", "MAX ms"));
        for (var kind : CallKind.values()) {
            if (tally.of(kind).count() > 0) {
                lines.add(row(kind.label(), tally.of(kind)));
            }
        }
        if (tally.rewardDelay.count() > 0) {
            lines.add(row("join to reward", tally.rewardDelay));
        }
        lines.add("");
        lines.add("  redirects %d, rooms entered %d, seats taken %d, quick join failed while free %d"
                .formatted(
                        report.redirects(),
                        report.roomsEntered(),
                        report.seatsTaken(),
                        report.quickJoinFailedWhileFree()));
        if (tally.streamsReopened.sum() > 0 || tally.disputedSeen.sum() > 0) {
            lines.add("  streams opened again %d, disputed rounds seen %d (by each of their players)"
                    .formatted(tally.streamsReopened.sum(), tally.disputedSeen.sum()));
        }
        for (var refusal : tally.refusals.worst(FAULTS_SHOWN_MAX)) {
            lines.add("  refused: %s (%d times), first: %s"
                    .formatted(refusal.what(), refusal.times().sum(), cut(refusal.first())));
        }
        if (tally.leftBehind.sum() > 0) {
            lines.add("  note: %d players are still shown in rooms after all of ours have left; are others playing?"
                    .formatted(tally.leftBehind.sum()));
        }
        for (var fault : tally.faults.worst(FAULTS_SHOWN_MAX)) {
            lines.add("  error: %s (%d times), first: %s"
                    .formatted(fault.what(), fault.times().sum(), cut(fault.first())));
        }
        lines.add("");
        lines.add(report.verdict());
        return lines;
    }

    private static String row(String what, CallStats calls) {
        return String.format(
                Locale.ROOT,
                "  %-16s %9d %8d %7d %9.1f %9.1f %9.1f",
                what,
                calls.count(),
                calls.refusals(),
                calls.errors(),
                calls.percentileMs(50),
                calls.percentileMs(99),
                calls.maxMs());
    }

    private static String cut(String detail) {
        var line = detail.replace('\n', ' ');
        return line.length() <= DETAIL_LENGTH_MAX ? line : line.substring(0, DETAIL_LENGTH_MAX) + "...";
    }
}
