package io.gamehall.hallctl.drill.check;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything that was wrong, with what proves it. */
public final class Findings {
    private static final int PLAYERS_SHOWN_MAX = 20;
    private static final long AROUND_MS = 6_000;

    private final List<Violation> violations;
    private final Map<Long, List<Call>> calls;
    private final Map<Long, List<Step>> steps;

    private Findings(List<Violation> violations, Map<Long, List<Call>> calls, Map<Long, List<Step>> steps) {
        this.violations = List.copyOf(violations);
        this.calls = calls;
        this.steps = steps;
    }

    /** Compares what the players were told, the journal, and the results of rounds. */
    public static Findings of(History history, JournalTrace journal, List<Fact> facts) {
        var calls = history.byPlayer();
        var steps = journal.stepsByPlayer();
        var games = journal.rooms().stream()
                .collect(Collectors.toMap(
                        room -> room.id().value(), room -> room.setup().game()));
        var found = new ArrayList<>(journal.violations());
        calls.forEach((player, mine) ->
                found.addAll(new PlayerCheck(player).check(mine, steps.getOrDefault(player, List.of()))));
        found.addAll(SeatsByAnswers.check(calls));
        found.addAll(FinalPlaces.check(calls, journal.places(), games::get));
        found.addAll(RoundsCheck.check(journal.settled(), facts));
        return new Findings(found, calls, steps);
    }

    public List<Violation> violations() {
        return violations;
    }

    public long count(Violation.Kind kind) {
        return violations.stream().filter(it -> it.kind() == kind).count();
    }

    /** The violations; then for each player concerned the calls and the journal's steps around them, in order. */
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        violations.forEach(it -> lines.add(it.toString()));
        Set<Long> players = new TreeSet<>();
        for (var it : violations) if (it.player() != 0 && players.size() < PLAYERS_SHOWN_MAX) players.add(it.player());
        players.forEach(player -> around(player, lines));
        return lines;
    }

    private void around(long player, List<String> lines) {
        lines.add("");
        lines.add("Player " + Long.toUnsignedString(player) + ", calls (>) and journal (=):");
        var told = new ArrayList<Line>();
        calls.getOrDefault(player, List.of())
                .forEach(call ->
                        told.add(new Line(call.span().startMs(), call.span().endMs(), "> " + call)));
        steps.getOrDefault(player, List.of())
                .forEach(step -> told.add(new Line(step.atMs(), step.atMs(), "= " + step)));
        told.sort(java.util.Comparator.comparingLong(Line::fromMs));
        var times = violations.stream()
                .filter(it -> it.player() == player)
                .map(it -> it.atMs() == 0 && !told.isEmpty() ? told.getLast().toMs() : it.atMs())
                .toList();
        told.stream()
                .filter(line -> times.stream().anyMatch(line::isAround))
                .forEach(line -> lines.add("  " + line.text()));
    }

    private record Line(long fromMs, long toMs, String text) {
        boolean isAround(long atMs) {
            return atMs >= fromMs - AROUND_MS && atMs <= toMs + AROUND_MS;
        }
    }
}
