package io.gamehall.activity.catalog.domain;

import java.util.OptionalInt;

/**
 * Joins given to one player.
 *
 * @param total in all, 1-{@value #MAX}
 * @param perDay of one day, 1-{@value #MAX}; empty: no limit but the total
 * @param dayOffsetMinutes by how much the activity's days begin before those of UTC, {@value #OFFSET_MIN} to
 *     {@value #OFFSET_MAX} (480: at midnight in China). Days are 24 hours long, always: daylight saving moves none
 */
public record PlayerCap(int total, OptionalInt perDay, int dayOffsetMinutes) {
    public static final int MAX = 100;
    public static final int OFFSET_MIN = -12 * 60;
    public static final int OFFSET_MAX = 14 * 60;
    private static final long DAY_MS = 86_400_000;
    private static final long MINUTE_MS = 60_000;

    public PlayerCap {
        if (total < 1 || total > MAX) throw new IllegalArgumentException("total " + total);
        perDay.ifPresent(joins -> {
            if (joins < 1 || joins > MAX) throw new IllegalArgumentException("perDay " + joins);
        });
        if (dayOffsetMinutes < OFFSET_MIN || dayOffsetMinutes > OFFSET_MAX) {
            throw new IllegalArgumentException("dayOffsetMinutes " + dayOffsetMinutes);
        }
    }

    /** No limit for a day. */
    public static PlayerCap of(int total) {
        return new PlayerCap(total, OptionalInt.empty(), 0);
    }

    /** Whether days count at all: a day's limit at or above the total is none. */
    public boolean countsDays() {
        return perDay.isPresent() && perDay.getAsInt() < total;
    }

    /** {@link #dayOffsetMinutes} in ms. */
    public long dayOffsetMs() {
        return dayOffsetMinutes * MINUTE_MS;
    }

    /** The number of the activity's day in which that moment is; ms since 1970. */
    public long dayOf(long ms) {
        return Math.floorDiv(ms + dayOffsetMs(), DAY_MS);
    }

    /** The first moment of a day, in ms since 1970. */
    public long startOf(long day) {
        return day * DAY_MS - dayOffsetMs();
    }
}
