package io.gamehall.room.owner;

import java.util.concurrent.CompletionStage;

/** Where chat lines go: a log like the journal, in which a line becomes true by being read back. */
public interface RoomChat {
    /**
     * Appends a line; lines of one partition stand in the log in the order they were appended. Called on the
     * partition's thread; never blocks.
     *
     * @return fails on the partition's thread when the line does not stand in the log for all that is known
     */
    CompletionStage<Void> append(int partition, ChatLine line);
}
