package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.OwnerClaim;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The log in which decisions become true. An append is a wish: whether it came true shows only when the record is read
 * back under its term. Called on the partition's thread; never blocks.
 *
 * <p>Appends to one partition stand in the log in the order they were made. When one can't be made, no later one of
 * this process stands in the log either, and every owner is told to step down.
 */
public interface Journal {
    /**
     * Appends an event under a term.
     *
     * @param answer what is answered once the event is true, with the last event of a decision
     */
    void append(int partition, long term, RoomEvent event, Optional<Answer> answer);

    /** Appends a claim of a term, or again the claim under which the partition is owned. */
    void claim(int partition, long term, OwnerClaim claim);

    /**
     * The offset behind the last record that stands in the log now. Completes on the partition's thread; fails when
     * the log can't be reached.
     */
    CompletionStage<Long> end(int partition);
}
