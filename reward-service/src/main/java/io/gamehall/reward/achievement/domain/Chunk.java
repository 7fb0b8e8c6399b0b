package io.gamehall.reward.achievement.domain;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part of a set.
 *
 * @param filled chunks of the set that were filled so far; known to the newest chunk only, in others 0
 * @param types in the whole set; known to the newest chunk only, in others 0
 * @param version the number of its changes
 * @param achievements by type
 */
public record Chunk(int filled, int types, long version, SortedMap<String, Achievement> achievements) {
    /** Number of the chunk that takes up reports. */
    public static final int NEWEST = 0;

    /** The newest chunk of a set that has nothing. */
    public static final Chunk NONE = new Chunk(0, 0, 0, new TreeMap<>());

    public Chunk {
        achievements = Collections.unmodifiableSortedMap(new TreeMap<>(achievements));
    }
}
