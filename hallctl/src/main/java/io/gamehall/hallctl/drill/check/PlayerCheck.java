package io.gamehall.hallctl.drill.check;

import static io.gamehall.hallctl.drill.history.Call.NONE;

import io.gamehall.hallctl.drill.check.Step.Kind;
import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.CallKind;
import io.gamehall.hallctl.drill.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays one player's calls beside what the journal tells of the player, in the order of time. Every acknowledged change
 * must have its records, written between its request and its answer; every record must have its call. A player makes one
 * call at a time and pauses between them, and the services write with the clock of the same machine, so a record belongs
 * to the one call during which it was written.
 *
 * <p>A call that nobody answered may have taken effect, at any time since, once. A call that was refused after an
 * unanswered try may have taken effect until it was refused. Neither has to.
 */
final class PlayerCheck {
    /** Clocks are told in whole milliseconds. The load leaves more than twice this between two calls. */
    static final long SLACK_MS = 2;

    private final long player;
    private final List<Violation> violations = new ArrayList<>();
    /** What unanswered calls may still bring about. */
    private final List<Call> unanswered = new ArrayList<>();

    private final Set<String> rooms = new HashSet<>();
    private final Map<String, Step> seats = new HashMap<>();
    private final Set<String> ready = new HashSet<>();
    private final Set<RoundId> reported = new HashSet<>();
    private final Set<RoundId> ended = new HashSet<>();

    PlayerCheck(long player) {
        this.player = player;
    }

    /**
     * @param calls of the player, in their order
     * @param steps of the player, in the order of time
     */
    List<Violation> check(List<Call> calls, List<Step> steps) {
        int next = 0;
        for (var call : calls) {
            while (next < steps.size() && steps.get(next).atMs() < call.span().startMs() - SLACK_MS) {
                unasked(steps.get(next++));
            }
            var during = new ArrayList<Step>();
            while (next < steps.size() && steps.get(next).atMs() <= call.span().endMs() + SLACK_MS) {
                during.add(steps.get(next++));
            }
            judge(call, during);
        }
        while (next < steps.size()) unasked(steps.get(next++));
        return violations;
    }

    private void judge(Call call, List<Step> during) {
        boolean wasIn = rooms.contains(call.room());
        boolean wasSeated = seats.containsKey(call.room());
        boolean wasReady = ready.contains(call.room());
        var mine = new ArrayList<Step>();
        for (var step : during) {
            boolean fits = isEffect(call, step)
                    && mine.stream().noneMatch(it -> it.kind() == step.kind())
                    && (call.outcome() == Outcome.ACKNOWLEDGED || call.mayHaveTakenEffectUnheard());
            if (fits) {
                mine.add(step);
                apply(step);
            } else {
                unasked(step);
            }
        }
        switch (call.outcome()) {
            case ACKNOWLEDGED -> requireAll(call, mine, wasIn, wasSeated, wasReady, during);
            case FAILED -> {
                boolean whole =
                        mine.stream().anyMatch(step -> step.kind() != Kind.STOOD || call.kind() == CallKind.STAND);
                if (!whole) unanswered.add(call);
            }
            case REFUSED -> {}
        }
    }

    private void requireAll(
            Call call, List<Step> mine, boolean wasIn, boolean wasSeated, boolean wasReady, List<Step> during) {
        switch (call.kind()) {
            case AUTO_ENTER, ENTER -> {
                // Who is in already is let in again without a record.
                if (!wasIn) require(call, mine, Kind.ENTERED);
            }
            case QUICK_JOIN -> {
                require(call, mine, Kind.SEATED);
                mine.stream()
                        .filter(step -> step.kind() == Kind.SEATED)
                        .filter(step -> step.table() != call.table() || step.seat() != call.seat())
                        .forEach(step -> lost(call, "the journal has another seat: " + step));
            }
            case STAND -> require(call, mine, Kind.STOOD);
            case LEAVE -> {
                require(call, mine, Kind.LEFT);
                if (wasSeated) require(call, mine, Kind.STOOD);
            }
            case READY -> {
                boolean started = during.stream().anyMatch(step -> step.kind() == Kind.STARTED);
                if (!wasReady && !started) require(call, mine, Kind.READIED);
            }
            case REPORT -> {
                var round = new RoundId(call.room(), call.table(), call.round());
                if (!reported.contains(round) && !ended.contains(round)) require(call, mine, Kind.REPORTED);
            }
        }
    }

    private void require(Call call, List<Step> mine, Kind kind) {
        if (mine.stream().noneMatch(step -> step.kind() == kind)) lost(call, "the journal has no " + kind + " for it");
    }

    private void lost(Call call, String why) {
        violations.add(new Violation(Violation.Kind.LOST, player, call.span().startMs(), why + ": " + call));
    }

    /** A step that is not the effect of the call it was written during. */
    private void unasked(Step step) {
        apply(step);
        if (!step.kind().isByThePlayer()) return;
        var late = unanswered.stream().filter(call -> isEffect(call, step)).findFirst();
        if (late.isEmpty()) {
            violations.add(new Violation(
                    Violation.Kind.DOUBLED, player, step.atMs(), "nobody asked for it, or it happened again: " + step));
        } else if (step.kind() != Kind.STOOD || late.get().kind() != CallKind.LEAVE) {
            // Getting up is the first half of leaving.
            unanswered.remove(late.get());
        }
    }

    private static boolean isEffect(Call call, Step step) {
        boolean there = call.room().isEmpty() || call.room().equals(step.room());
        return there
                && switch (call.kind()) {
                    case AUTO_ENTER, ENTER -> step.kind() == Kind.ENTERED;
                    case QUICK_JOIN -> step.kind() == Kind.SEATED;
                    case STAND -> step.kind() == Kind.STOOD;
                    case LEAVE -> step.kind() == Kind.LEFT || step.kind() == Kind.STOOD;
                    case READY -> step.kind() == Kind.READIED;
                    case REPORT -> step.kind() == Kind.REPORTED && step.round() == call.round();
                };
    }

    private void apply(Step step) {
        var room = step.room();
        switch (step.kind()) {
            case ENTERED -> rooms.add(room);
            case LEFT -> rooms.remove(room);
            case SEATED -> seats.put(room, step);
            case STOOD -> {
                seats.remove(room);
                ready.remove(room);
            }
            case READIED -> ready.add(room);
            case STARTED -> ready.remove(room);
            case REPORTED -> reported.add(round(step));
            case SETTLED -> ended.add(round(step));
        }
    }

    private static RoundId round(Step step) {
        return new RoundId(step.room(), step.table() == NONE ? 0 : step.table(), step.round());
    }
}
