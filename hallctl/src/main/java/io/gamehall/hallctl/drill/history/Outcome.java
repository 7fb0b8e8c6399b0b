package io.gamehall.hallctl.drill.history;

/** How a call ended for its player. */
public enum Outcome {
    /** Done: it is in the journal. */
    ACKNOWLEDGED,
    /** Not done, says the owner; had an earlier try got lost, that one may have been done all the same. */
    REFUSED,
    /** Nobody answered while the player's patience lasted: done, or not, or still to be done. */
    FAILED
}
