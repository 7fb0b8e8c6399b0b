package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.PlayerCap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * A player's joins in the light of what day it is.
 *
 * @param joins ordinal to time in ms
 * @param nowMs milliseconds since 1970
 */
record PlayerDay(PlayerCap cap, SortedMap<Integer, Long> joins, long nowMs) {
    /**
     * The first join that the player does not have; the last one when the player has all of them, or the last one of
     * today when the player has all of today.
     */
    int next() {
        if (isUsedUp()) return lastOfToday();
        var ordinal = 1;
        while (ordinal < cap.total() && joins.containsKey(ordinal)) ordinal++;
        return ordinal;
    }

    boolean isUsedUp() {
        return cap.countsDays() && today().count() >= cap.perDay().getAsInt();
    }

    /** The first moment of the next day. */
    long endsAtMs() {
        return cap.startOf(cap.dayOf(nowMs) + 1);
    }

    private int lastOfToday() {
        return today().max().orElseThrow();
    }

    private IntStream today() {
        return joins.headMap(cap.total() + 1).entrySet().stream()
                .filter(join -> cap.dayOf(join.getValue()) == cap.dayOf(nowMs))
                .mapToInt(Map.Entry::getKey);
    }
}
