package io.gamehall.hallctl.drill.check;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.history.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where each player must be in the end, by nothing but the answers that the player got: the journal's end must say the
 * same. A call that nobody answered leaves both possibilities open.
 */
final class FinalPlaces {
    private FinalPlaces() {}

    /**
     * @param calls of each player, in their order
     * @param places of each player at the end of the journal
     * @param games game of each room
     */
    static List<Violation> check(
            Map<Long, List<Call>> calls, Map<Long, List<Place>> places, Function<String, String> games) {
        var found = new ArrayList<Violation>();
        calls.forEach((player, mine) ->
                check(player, mine, places.getOrDefault(player, List.of())).ifPresent(found::add));
        places.forEach((player, mine) -> {
            var inGames = mine.stream().map(Place::room).map(games).toList();
            if (inGames.stream().distinct().count() < inGames.size()) {
                found.add(new Violation(
                        Violation.Kind.DOUBLED, player, 0, "is in several rooms of one game in the end: " + mine));
            }
        });
        return found;
    }

    private static Optional<Violation> check(long player, List<Call> calls, List<Place> actual) {
        var possible = possible(calls);
        // Whoever is in several rooms of a game is told of above.
        var really = actual.isEmpty() ? List.of(Place.OUT) : actual;
        if (really.stream().anyMatch(place -> possible.stream().anyMatch(it -> it.fits(place)))) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                Violation.Kind.LOST,
                player,
                0,
                "is " + really + " in the end; by the answers the player is " + possible + "; last: "
                        + calls.getLast()));
    }

    /** The places that a player's answers leave open. */
    static Set<Place> possible(List<Call> calls) {
        Set<Place> possible = Set.of(Place.OUT);
        var unanswered = new ArrayList<Call>();
        for (var call : calls) {
            if (call.outcome() == Outcome.FAILED) unanswered.add(call);
            possible = after(call, possible);
        }
        for (var call : unanswered) possible = withEffect(call, possible);
        return possible;
    }

    private static Set<Place> after(Call call, Set<Place> before) {
        return switch (call.outcome()) {
            case ACKNOWLEDGED -> acknowledged(call, before);
            case FAILED -> withEffect(call, before);
            case REFUSED -> refused(call, before);
        };
    }

    private static Set<Place> acknowledged(Call call, Set<Place> before) {
        return switch (call.kind()) {
            // Who is in already keeps the seat.
            case AUTO_ENTER, ENTER ->
                before.stream().allMatch(place -> place.room().equals(call.room()))
                        ? before
                        : Set.of(Place.in(call.room()));
            case QUICK_JOIN -> Set.of(new Place(call.room(), call.table(), call.seat()));
            case STAND -> Set.of(Place.in(call.room()));
            case LEAVE -> Set.of(Place.OUT);
            case READY, REPORT -> before;
        };
    }

    /** A refusal tells, too, where there was doubt; where it can't be, the doubt stays for the end to show. */
    private static Set<Place> refused(Call call, Set<Place> before) {
        var candidates = call.mayHaveTakenEffectUnheard() ? withEffect(call, before) : before;
        var left = new LinkedHashSet<Place>();
        for (var place : candidates) {
            boolean there = place.room().equals(call.room());
            switch (call.reason()) {
                case "ALREADY_SEATED" -> {
                    var seat = new Place(call.room(), call.table(), call.seat());
                    if (place.fits(seat)) left.add(seat);
                }
                case "NOT_SEATED" -> {
                    if (there && !place.isSeated()) left.add(place);
                }
                case "NOT_IN_ROOM" -> {
                    if (!there) left.add(place);
                }
                default -> left.add(place);
            }
        }
        return left.isEmpty() ? candidates : left;
    }

    private static Set<Place> withEffect(Call call, Set<Place> before) {
        var both = new LinkedHashSet<>(before);
        for (var place : before) both.addAll(effects(call, place));
        return both;
    }

    /** What the call may make of a place; leaving may get half way. */
    private static List<Place> effects(Call call, Place before) {
        boolean there = before.room().equals(call.room());
        return switch (call.kind()) {
            case AUTO_ENTER -> List.of(Place.in(call.room().isEmpty() ? Place.ANY : call.room()));
            case ENTER -> List.of(Place.in(call.room()));
            case QUICK_JOIN -> there ? List.of(Place.somewhereAtATableOf(call.room())) : List.of();
            case STAND -> there ? List.of(Place.in(call.room())) : List.of();
            case LEAVE -> there ? List.of(Place.in(call.room()), Place.OUT) : List.of();
            case READY, REPORT -> List.of();
        };
    }
}
