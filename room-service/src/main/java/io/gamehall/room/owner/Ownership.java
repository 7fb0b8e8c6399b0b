package io.gamehall.room.owner;

import java.util.List;

/** Which process is to own which partition. Any thread. */
public interface Ownership {
    /**
     * Moves a partition to another process, and keeps it there while that one lives. Returns at once; the partition has
     * moved when the journal shows the other's claim.
     *
     * @param to name of the process, one of {@link #instances()}
     */
    void move(int partition, String to);

    /** Names of the live processes that may own partitions, this one included. */
    List<String> instances();
}
