package io.gamehall.hallctl.facts;

import io.gamehall.hallctl.facts.RewardRows.GrantRow;
import io.gamehall.hallctl.facts.RewardRows.RoundRow;
import io.gamehall.hallctl.facts.RewardRows.Snapshot;
import io.gamehall.v1.GameResult.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Compares the facts that were told with what stands in the database: each once, with its own effect, and sums that are
 * theirs. Books of its own: nothing of it is asked of the services.
 *
 * @param lost facts, or parts of sums, that are not there
 * @param doubled what is there twice, or that nobody told
 */
public record FactFindings(List<String> lost, List<String> doubled) {
    public FactFindings {
        lost = List.copyOf(lost);
        doubled = List.copyOf(doubled);
    }

    public boolean isClean() {
        return lost.isEmpty() && doubled.isEmpty();
    }

    /** @param told each fact once or more, in any order */
    public static FactFindings of(Collection<LoadFact> told, Snapshot rows) {
        var books = new Books();
        var facts = told.stream().collect(Collectors.toMap(LoadFact::id, fact -> fact, (same, _) -> same));
        var scores = new HashMap<Long, Sums>();
        var points = new HashMap<Long, Sums>();
        var expected = new HashMap<String, Object>();
        for (var fact : facts.values()) {
            switch (fact) {
                case RoundFact round -> {
                    expected.put(round.id(), row(round));
                    scores.merge(round.player(), Sums.NONE.plus(round), (now, _) -> now.plus(round));
                }
                case JoinFact join -> {
                    expected.put(join.id(), row(join));
                    if (join.givesPoints()) {
                        points.merge(join.player(), Sums.NONE.plus(join), (now, _) -> now.plus(join));
                    }
                }
            }
        }
        rows.rounds().forEach(row -> books.found(expected, row.id(), row));
        rows.grants().forEach(row -> books.found(expected, row.id(), row));
        expected.values().forEach(missing -> books.lost.add("is not there: " + missing));
        books.sums("score", scores, rows.scores());
        books.sums("points", points, rows.points());
        return new FactFindings(books.lost, books.doubled);
    }

    private static RoundRow row(RoundFact fact) {
        var outcome = fact.outcome() == Outcome.DISPUTED_ROUND
                ? "DISPUTED"
                : fact.outcome().name();
        return new RoundRow(fact.player(), fact.id(), RoundFact.GAME, outcome, fact.delta());
    }

    private static GrantRow row(JoinFact fact) {
        return new GrantRow(fact.player(), fact.id(), fact.activity(), fact.reward(), fact.amount());
    }

    private static final class Books {
        private final List<String> lost = new ArrayList<>();
        private final List<String> doubled = new ArrayList<>();

        /** Each fact is expected until it was found once. */
        private void found(Map<String, Object> expected, String id, Object row) {
            var wanted = expected.remove(id);
            if (wanted == null) {
                doubled.add("nobody told, or it is there twice: " + row);
            } else if (!wanted.equals(row)) {
                lost.add("has another effect: " + row + ", told was " + wanted);
            }
        }

        private void sums(String what, Map<Long, Sums> wanted, Map<Long, Sums> found) {
            var players = new TreeSet<>(wanted.keySet());
            players.addAll(found.keySet());
            for (var player : players) {
                var due = wanted.getOrDefault(player, Sums.NONE);
                var is = found.getOrDefault(player, Sums.NONE);
                if (is.equals(due)) continue;
                var text = what + " of player " + player + " is " + is + ", the facts come to " + due;
                (compare(is, due) < 0 ? lost : doubled).add(text);
            }
        }

        private static int compare(Sums left, Sums right) {
            int facts = Long.compare(left.facts(), right.facts());
            return facts != 0 ? facts : Long.compare(left.total(), right.total());
        }
    }

    /** The facts of these numbers. */
    public static List<LoadFact> told(FactScript script, long count) {
        return LongStream.range(0, count).mapToObj(script::at).toList();
    }
}
