package io.gamehall.reward.achievement.domain;

import java.util.Map;

/**
 * What stands recorded, as far as a batch needs it.
 *
 * @param newest the newest chunk of each set of the batch; absent means {@link Chunk#NONE}
 * @param filled every filled chunk with a type of the batch
 * @param counted the reports of the batch that were added up before
 */
public record Present(Map<SetKey, Chunk> newest, Map<ChunkKey, Chunk> filled, Map<ReportKey, Counted> counted) {}
