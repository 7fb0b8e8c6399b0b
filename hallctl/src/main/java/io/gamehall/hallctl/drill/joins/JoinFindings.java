package io.gamehall.hallctl.drill.joins;

import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.check.Violation.Kind;
import io.gamehall.hallctl.drill.joins.JoinCall.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares what players were told with the ledger, once all is quiet and every call has been repeated until it was
 * answered. Activities give one join to a player.
 *
 * @param violations each by itself
 * @param foundAgain joins of which a player was not told when they were decided, and was told by a repeat
 */
public record JoinFindings(List<Violation> violations, long foundAgain) {
    public JoinFindings {
        violations = List.copyOf(violations);
    }

    /** A player and an activity. */
    private record Who(long player, String activity) {}

    /**
     * @param calls those of one player in their order
     * @param ledger all rows of the activities
     * @param quotas by activity
     * @param grants all of the activities
     */
    public static JoinFindings of(
            List<JoinCall> calls, List<LedgerRow> ledger, Map<String, Long> quotas, List<GrantRow> grants) {
        var found = new ArrayList<Violation>();
        var rows = new HashMap<Who, List<LedgerRow>>();
        for (var row : ledger) {
            rows.computeIfAbsent(new Who(row.player(), row.activity()), any -> new ArrayList<>())
                    .add(row);
        }
        var asked = new HashMap<Who, List<JoinCall>>();
        for (var call : calls) {
            asked.computeIfAbsent(new Who(call.player(), call.activity()), any -> new ArrayList<>())
                    .add(call);
        }
        asked.forEach((who, mine) -> check(who, mine, rows.getOrDefault(who, List.of()), found));
        rows.forEach((who, theirs) -> {
            if (!asked.containsKey(who)) {
                found.add(new Violation(
                        Kind.DOUBLED,
                        who.player(),
                        theirs.getFirst().joinedAtMs(),
                        "has a join and never asked: " + theirs));
            }
        });
        grants(ledger, grants, found);
        var given = new HashMap<String, Long>();
        for (var row : ledger) given.merge(row.activity(), 1L, Long::sum);
        refusals(calls, given, quotas, found);
        caps(given, quotas, found);
        found.sort(Comparator.comparing(Violation::kind));
        return new JoinFindings(
                found,
                asked.values().stream().filter(JoinFindings::isFoundAgain).count());
    }

    /** {@link Violation.Kind} of this drill: rooms of the others are activities here. */
    long count(Kind kind) {
        return violations.stream().filter(it -> it.kind() == kind).count();
    }

    private static boolean isFoundAgain(List<JoinCall> mine) {
        return mine.stream().noneMatch(call -> call.outcome() == Outcome.GRANTED)
                && mine.stream().anyMatch(call -> call.outcome() == Outcome.REPEATED);
    }

    private static void check(Who who, List<JoinCall> mine, List<LedgerRow> rows, List<Violation> found) {
        if (rows.size() > 1)
            found.add(violation(Kind.DOUBLED, who, mine.getLast(), "has two joins in the ledger: " + rows));
        JoinCall first = null;
        for (var call : mine) {
            if (call.told() != null) {
                if (first != null && !first.told().equals(call.told())) {
                    found.add(violation(Kind.DOUBLED, who, call, "was told of two joins: " + first + ", " + call));
                }
                if (first != null && call.outcome() == Outcome.GRANTED) {
                    found.add(
                            violation(Kind.DOUBLED, who, call, "was granted anew what it had: " + first + ", " + call));
                }
                if (first == null) first = call;
                if (rows.stream().noneMatch(row -> isOf(row, call))) {
                    found.add(violation(Kind.LOST, who, call, "is not in the ledger: " + call + ", there is " + rows));
                }
            } else if (call.outcome() == Outcome.REFUSED && first != null) {
                found.add(violation(Kind.LOST, who, call, "was refused what it had: " + first + ", " + call));
            }
        }
        var last = mine.getLast();
        if (first == null && !rows.isEmpty() && last.isAnswered()) {
            found.add(violation(
                    Kind.LOST, who, last, "has a join of which it was never told: " + rows + ", told " + last));
        }
    }

    private static boolean isOf(LedgerRow row, JoinCall call) {
        return row.ordinal() == call.told().ordinal()
                && row.joinedAtMs() == call.told().joinedAtMs();
    }

    private static Violation violation(Kind kind, Who who, JoinCall call, String what) {
        return new Violation(kind, who.player(), call.span().endMs(), who.activity() + ": " + what);
    }

    /** Every join is granted once, and nothing else is. */
    private static void grants(List<LedgerRow> ledger, List<GrantRow> grants, List<Violation> found) {
        var due = new HashMap<GrantRow, LedgerRow>();
        for (var row : ledger) due.put(GrantRow.of(row), row);
        for (var grant : grants) {
            if (due.remove(grant) == null) {
                found.add(new Violation(
                        Kind.DOUBLED, grant.player(), 0, "was granted what is no join, or twice: " + grant));
            }
        }
        due.values()
                .forEach(row -> found.add(new Violation(
                        Kind.LOST, row.player(), row.joinedAtMs(), "was not granted what is in the ledger: " + row)));
    }

    /** Nobody is refused for good but for want of quota, all of which was given then. */
    private static void refusals(
            List<JoinCall> calls, Map<String, Long> given, Map<String, Long> quotas, List<Violation> found) {
        var soldOut = new TreeSet<String>();
        for (var call : calls) {
            if (call.isSoldOut()) soldOut.add(call.activity());
            else if (call.outcome() == Outcome.REFUSED) {
                found.add(new Violation(
                        Kind.LOST, call.player(), call.span().endMs(), "was refused what nothing forbids: " + call));
            }
        }
        for (var activity : soldOut) {
            long quota = quotas.getOrDefault(activity, 0L);
            long joins = given.getOrDefault(activity, 0L);
            if (joins < quota) {
                found.add(new Violation(
                        Kind.LOST,
                        0,
                        0,
                        activity + " was said to be sold out and gave " + joins + " joins of " + quota));
            }
        }
    }

    private static void caps(Map<String, Long> given, Map<String, Long> quotas, List<Violation> found) {
        given.forEach((activity, joins) -> {
            long quota = quotas.getOrDefault(activity, 0L);
            if (joins > quota) {
                found.add(new Violation(Kind.OVER_CAP, 0, 0, activity + " gave " + joins + " joins of " + quota));
            }
        });
    }
}
