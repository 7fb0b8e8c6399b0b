package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.pipeline.domain.Bounds;

/**
 * How large sets and their chunks get.
 *
 * @param chunkBytes of a chunk at most, unless one achievement alone is larger
 * @param types of a set at most
 */
public record Limits(int chunkBytes, int types) {
    public Limits {
        Bounds.between("bytes of a chunk", chunkBytes, 256, 65_536);
        Bounds.between("types of a set", types, 1, 1_000_000);
    }
}
