package io.gamehall.reward.achievement.domain;

import java.util.Comparator;

/**
 * Names a chunk.
 *
 * @param number {@link Chunk#NEWEST}, or n for the n-th that was filled
 */
public record ChunkKey(SetKey set, int number) implements Comparable<ChunkKey> {
    private static final Comparator<ChunkKey> ORDER =
            Comparator.comparing(ChunkKey::set).thenComparingInt(ChunkKey::number);

    @Override
    public int compareTo(ChunkKey other) {
        return ORDER.compare(this, other);
    }
}
