package io.gamehall.reward.pipeline.domain;

import java.util.Comparator;

/**
 * Names a fact for ever. Rows are written in this order, so that two writers never wait for each other in a circle.
 *
 * @param player the player's id: 1 to 2^52 - 1 (12 bits of the cell's number, 40 of its own)
 * @param id of the fact, 1-128 visible ASCII characters
 */
public record FactKey(long player, String id) implements Comparable<FactKey> {
    /** The longest fact id, in characters. */
    public static final int ID_LENGTH_MAX = 128;

    private static final long PLAYER_MAX = (1L << 52) - 1;
    private static final Comparator<FactKey> ORDER =
            Comparator.comparingLong(FactKey::player).thenComparing(FactKey::id);

    public FactKey {
        Bounds.between("player_id", player, 1, PLAYER_MAX);
        Bounds.visibleAscii("fact id", id, ID_LENGTH_MAX);
    }

    @Override
    public int compareTo(FactKey other) {
        return ORDER.compare(this, other);
    }
}
