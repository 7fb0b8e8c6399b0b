package io.gamehall.gateway.session;

import io.smallrye.mutiny.Uni;

/**
 * The cell's one record of which session of each account is live. Every method fails with a
 * {@code Refusal} of {@code DEPENDENCY_UNAVAILABLE} when it gets no answer in time; asking again is always safe.
 */
public interface SessionRegistry {
    /**
     * Begins a session: gives out a generation higher than any before, also after the registry lost its memory, and
     * tells every gateway ({@link Sessions#heardOf}). One atomic step.
     */
    Uni<Long> raise(long player);

    /**
     * The live generation of a player, given a genuine token of a generation. A registry that lost its memory learns
     * from it, so that nobody is logged out by that. One atomic step.
     */
    Uni<Long> vouch(long player, long generation);
}
