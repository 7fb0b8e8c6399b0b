package io.gamehall.hallctl.drill.check;

import static io.gamehall.hallctl.drill.history.Call.NONE;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.CallKind;
import io.gamehall.hallctl.drill.history.History;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.history.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A history as players tell it. Every call lasts from 10 ms before its instant to 10 ms after it. */
final class Told {
    private final History history = new History();
    private final Map<Long, Integer> numbers = new HashMap<>();

    History history() {
        return history;
    }

    Told enter(long atMs, long player, String room) {
        return acknowledged(atMs, player, CallKind.ENTER, room, NONE, NONE, 0);
    }

    Told seat(long atMs, long player, String room, int table, int seat) {
        return acknowledged(atMs, player, CallKind.QUICK_JOIN, room, table, seat, 0);
    }

    Told stand(long atMs, long player, String room) {
        return acknowledged(atMs, player, CallKind.STAND, room, NONE, NONE, 0);
    }

    Told leave(long atMs, long player, String room) {
        return acknowledged(atMs, player, CallKind.LEAVE, room, NONE, NONE, 0);
    }

    Told ready(long atMs, long player, String room) {
        return acknowledged(atMs, player, CallKind.READY, room, NONE, NONE, 0);
    }

    Told report(long atMs, long player, String room, int table, long round) {
        return acknowledged(atMs, player, CallKind.REPORT, room, table, NONE, round);
    }

    Told refused(long atMs, long player, CallKind kind, String room, String reason, int tries) {
        return call(atMs, player, kind, room, NONE, NONE, 0, Outcome.REFUSED, reason, tries);
    }

    Told alreadySeated(long atMs, long player, String room, int table, int seat, int tries) {
        return call(atMs, player, CallKind.QUICK_JOIN, room, table, seat, 0, Outcome.REFUSED, "ALREADY_SEATED", tries);
    }

    Told unanswered(long atMs, long player, CallKind kind, String room) {
        return call(atMs, player, kind, room, NONE, NONE, 0, Outcome.FAILED, "UNAVAILABLE", 9);
    }

    private Told acknowledged(long atMs, long player, CallKind kind, String room, int table, int seat, long round) {
        return call(atMs, player, kind, room, table, seat, round, Outcome.ACKNOWLEDGED, "", 1);
    }

    private Told call(
            long atMs,
            long player,
            CallKind kind,
            String room,
            int table,
            int seat,
            long round,
            Outcome outcome,
            String reason,
            int tries) {
        int number = numbers.merge(player, 1, Integer::sum);
        var span = new Span(atMs - 10, atMs + 10, (atMs - 10) * 1_000_000, (atMs + 10) * 1_000_000);
        history.record(new Call(player, number, kind, room, table, seat, round, span, tries, outcome, reason));
        return this;
    }

    List<Violation> against(Written journal) {
        return against(journal, journal.facts());
    }

    List<Violation> against(Written journal, List<Fact> facts) {
        return Findings.of(history, journal.trace(), facts).violations();
    }
}
