package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.pipeline.domain.Effect;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a batch of reports comes to.
 *
 * @param effects of each report, in the order of the batch
 * @param chunks to be written
 * @param gone chunks to be deleted
 * @param placed types and the filled chunks that they stand in from now on
 * @param displaced types that stand in a filled chunk no more
 * @param counted reports to be recorded as added up
 */
public record Taken(
        List<Effect<Reached>> effects,
        SortedMap<ChunkKey, Change> chunks,
        SortedSet<ChunkKey> gone,
        SortedMap<TypeKey, Integer> placed,
        SortedSet<TypeKey> displaced,
        SortedMap<ReportKey, Counted> counted) {
    /**
     * A chunk after the batch.
     *
     * @param before the version that it was computed from; empty if there was no such chunk
     */
    public record Change(Optional<Long> before, Chunk after) {
        /** By how much the version rises. */
        public long changes() {
            return after.version() - before.orElse(0L);
        }
    }
}
