package io.gamehall.reward.achievement.domain;

import java.util.Comparator;

/**
 * When something was reported, and so which of two reports is the later one. No two reports of a role have the same.
 *
 * @param atMs Kafka's timestamp, milliseconds since 1970
 * @param fact id of the report: decides between two of one millisecond
 */
public record Stamp(long atMs, String fact) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
            Comparator.comparingLong(Stamp::atMs).thenComparing(Stamp::fact);

    boolean isAfter(Stamp other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
