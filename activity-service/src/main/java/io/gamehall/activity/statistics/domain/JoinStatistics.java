package io.gamehall.activity.statistics.domain;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joins of an activity in a window, as the ledger has them.
 *
 * @param asOfMs when the ledger was asked, in ms since 1970
 * @param perMinute beginning of the minute in ms, to joins; minutes without any are left out
 * @param byRegion region to joins
 */
public record JoinStatistics(
        Window window, long asOfMs, SortedMap<Long, Long> perMinute, SortedMap<String, Long> byRegion) {
    /** Joins of a region in a minute, which is named by its first moment. */
    public record Count(long minuteMs, String region, long joins) {}

    public static JoinStatistics of(Window window, long asOfMs, List<Count> counts) {
        var perMinute = new TreeMap<Long, Long>();
        var byRegion = new TreeMap<String, Long>();
        for (var count : counts) {
            perMinute.merge(count.minuteMs(), count.joins(), Long::sum);
            byRegion.merge(count.region(), count.joins(), Long::sum);
        }
        return new JoinStatistics(window, asOfMs, perMinute, byRegion);
    }

    public long joins() {
        return byRegion.values().stream().mapToLong(Long::longValue).sum();
    }
}
