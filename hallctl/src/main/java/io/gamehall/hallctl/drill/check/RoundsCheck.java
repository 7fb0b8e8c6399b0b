package io.gamehall.hallctl.drill.check;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.SettledRound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Every round that ended by the journal is in game-results, for each of its players, with the scores of the journal;
 * repeats of a fact are equal; and nothing else is there.
 */
final class RoundsCheck {
    private RoundsCheck() {}

    static List<Violation> check(Map<RoundId, SettledRound> settled, List<Fact> facts) {
        var found = new ArrayList<Violation>();
        var byId = new HashMap<String, Fact>();
        for (var fact : facts) {
            var first = byId.putIfAbsent(fact.id(), fact);
            if (first != null && !first.isSameAs(fact)) {
                found.add(doubled(fact, "game-results has two different records of " + fact.id()));
            }
        }
        var expected = new HashSet<String>();
        settled.forEach((id, round) -> {
            for (var player : round.players()) {
                var factId = id.factId(player.toString());
                expected.add(factId);
                compare(round, player, factId, byId.get(factId), found);
            }
        });
        byId.forEach((id, fact) -> {
            if (!expected.contains(id)) {
                found.add(doubled(fact, "game-results has " + id + ", of which the journal knows nothing"));
            }
        });
        return found;
    }

    private static void compare(SettledRound round, PlayerId player, String id, Fact fact, List<Violation> found) {
        if (fact == null) {
            found.add(new Violation(
                    Violation.Kind.LOST, player.value(), round.settledAtMs(), "game-results lacks " + id));
            return;
        }
        int points = round.scores().stream()
                .filter(score -> score.player().equals(player))
                .mapToInt(Score::points)
                .findFirst()
                .orElse(0);
        if (fact.player() != player.value() || fact.score() != points || fact.disputed() != round.disputed()) {
            found.add(doubled(fact, "game-results says otherwise than the journal of " + id + ": " + round));
        }
    }

    private static Violation doubled(Fact fact, String what) {
        return new Violation(Violation.Kind.DOUBLED, fact.player(), 0, what);
    }
}
