package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A running round: who plays, and what they have reported so far.
 *
 * @param players in the order of their seats when the round started
 * @param reports at most one of each player, in the order they came
 */
public record Round(List<PlayerId> players, List<Report> reports) {
    public Round {
        players = List.copyOf(players);
        reports = List.copyOf(reports);
    }

    /** One player's view of the result, its scores in the order of the players' ids. */
    public record Report(PlayerId by, List<Score> scores) {
        public Report {
            scores = scores.stream().sorted(Comparator.comparing(Score::player)).toList();
        }
    }

    /** Where a round stands. */
    public sealed interface Standing {
        record Open() implements Standing {}

        record Agreed(List<Score> scores) implements Standing {}

        record Disputed() implements Standing {}
    }

    Optional<Report> reportOf(PlayerId player) {
        for (var report : reports) if (report.by().equals(player)) return Optional.of(report);
        return Optional.empty();
    }

    Round with(Report report) {
        var all = new ArrayList<>(reports);
        all.add(report);
        return new Round(players, all);
    }

    /** Whether scores name exactly the players of this round. */
    boolean isScoredBy(List<Score> scores) {
        return scores.size() == players.size()
                && scores.stream().map(Score::player).distinct().count() == players.size()
                && scores.stream().map(Score::player).allMatch(players::contains);
    }

    /**
     * A result counts when more than half of the round's players reported the same. When those who can still report
     * can't make a majority any more, the round is disputed.
     *
     * @param canStillReport whether a player who has not reported may still do so (those who left may not)
     */
    Standing standing(Predicate<PlayerId> canStillReport) {
        int outstanding = 0;
        for (var player : players) {
            if (reportOf(player).isEmpty() && canStillReport.test(player)) outstanding++;
        }
        int most = 0;
        for (var report : reports) {
            int same = 0;
            for (var other : reports) if (other.scores().equals(report.scores())) same++;
            if (same * 2 > players.size()) return new Standing.Agreed(report.scores());
            most = Math.max(most, same);
        }
        return (most + outstanding) * 2 > players.size() ? new Standing.Open() : new Standing.Disputed();
    }
}
