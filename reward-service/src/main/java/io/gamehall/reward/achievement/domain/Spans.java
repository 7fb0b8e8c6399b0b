package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import java.util.Comparator;
import java.util.List;

/** Which chunks a page is read from: seldom more than two or three, however large the sets are. */
public final class Spans {
    private Spans() {}

    /**
     * A chunk, from outside.
     *
     * @param entries achievements in it
     * @param newestAtMs time of the youngest of them
     * @param oldestAtMs time of the oldest
     */
    public record Span(ChunkKey key, int entries, long newestAtMs, long oldestAtMs) {}

    /** Those of a player's chunks that can have anything of the page or of what follows right after it. */
    public static List<ChunkKey> of(List<Span> all, Query query) {
        var youngestMs = query.youngestMs();
        var oldestMs = oldestMs(all, query);
        return all.stream()
                .filter(span -> span.oldestAtMs() <= youngestMs && span.newestAtMs() >= oldestMs)
                .map(Span::key)
                .toList();
    }

    /** As young as this, there are enough for the page and one more. */
    private static long oldestMs(List<Span> all, Query query) {
        var wholly = all.stream()
                .filter(span -> span.newestAtMs() < query.youngestMs())
                .sorted(Comparator.comparingLong(Span::oldestAtMs).reversed())
                .toList();
        var entries = 0L;
        for (var span : wholly) {
            entries += span.entries();
            if (entries > query.limit()) return span.oldestAtMs();
        }
        return Long.MIN_VALUE;
    }
}
