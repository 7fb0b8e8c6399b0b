package io.gamehall.gateway.routing.domain;

import java.util.Optional;

/**
 * A player who wants a session, as far as the way to the right hall goes.
 *
 * @param who what binds the player
 * @param asked the region asked for; empty: none
 * @param byAddress the region that the client's address belongs to
 * @param trail of the player who was sent here
 */
public record Question(Who who, String asked, Optional<String> byAddress, Optional<Trail> trail) {
    /** What binds a player to a region. */
    public enum Who {
        /** Nothing: the account is yet to be made. */
        NEWCOMER,
        /** An account, in the region whose hall knows it: this one, as long as it has not been looked for here. */
        RETURNING,
        /** The player has claimed an account that is not to be found here, or not with that proof. */
        UNPROVEN
    }

    int hops() {
        return trail.map(Trail::stops).map(java.util.List::size).orElse(0);
    }
}
