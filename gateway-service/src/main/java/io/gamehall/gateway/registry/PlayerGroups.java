package io.gamehall.gateway.registry;

/**
 * The registry keeps its players in groups: what it knows of the players of one group lies together, so that one step
 * can tell it of many of them, also where it is spread over a cluster.
 */
public final class PlayerGroups {
    /** Enough for an even spread over the nodes of a cluster; few enough for full batches. */
    public static final int COUNT = 64;

    private PlayerGroups() {}

    /** The group of a player, from 0. */
    public static int of(long player) {
        return (int) Long.remainderUnsigned(player, COUNT);
    }
}
