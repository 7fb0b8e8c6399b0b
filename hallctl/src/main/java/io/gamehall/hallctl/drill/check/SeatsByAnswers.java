package io.gamehall.hallctl.drill.check;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.CallKind;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.history.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No two players were told that they have the same seat at the same time. By the answers alone: from the answer that
 * gives the seat until the player asks to give it up.
 */
final class SeatsByAnswers {
    private SeatsByAnswers() {}

    private record Stay(long player, long fromNanos, long toNanos, Call call) {}

    static List<Violation> check(Map<Long, List<Call>> calls) {
        var stays = new HashMap<Place, List<Stay>>();
        calls.values().forEach(mine -> collect(mine, stays));
        var found = new ArrayList<Violation>();
        stays.forEach((seat, all) -> {
            all.sort(Comparator.comparingLong(Stay::fromNanos));
            var before = all.getFirst();
            for (var after : all.subList(1, all.size())) {
                if (before.player() != after.player() && after.fromNanos() < before.toNanos()) {
                    found.add(new Violation(
                            Violation.Kind.DOUBLED,
                            after.player(),
                            after.call().span().endMs(),
                            "was given a seat that another still has: " + after.call() + ", and " + before.call()));
                }
                if (after.toNanos() > before.toNanos()) before = after;
            }
        });
        return found;
    }

    private static void collect(List<Call> calls, Map<Place, List<Stay>> stays) {
        Call seated = null;
        for (var call : calls) {
            boolean givesUp = call.kind() == CallKind.STAND || call.kind() == CallKind.LEAVE;
            boolean sits = call.kind() == CallKind.QUICK_JOIN && call.outcome() == Outcome.ACKNOWLEDGED;
            if (seated != null && (givesUp || sits)) {
                add(stays, seated, call.span().startNanos());
                seated = null;
            }
            if (sits) seated = call;
        }
        if (seated != null) add(stays, seated, Long.MAX_VALUE);
    }

    private static void add(Map<Place, List<Stay>> stays, Call seated, long untilNanos) {
        stays.computeIfAbsent(new Place(seated.room(), seated.table(), seated.seat()), seat -> new ArrayList<>())
                .add(new Stay(seated.player(), seated.span().endNanos(), untilNanos, seated));
    }
}
