package io.gamehall.gateway.routing.domain;

/** Where a player is to go. */
public sealed interface Route {
    /** The player is right here. */
    record Stay() implements Route {}

    /**
     * Another hall.
     *
     * @param trail for that hall to know
     */
    record Go(Hall to, Reason reason, Trail trail) implements Route {}

    /** There is no place for the player, here or where this hall may send players. */
    record Full() implements Route {}

    /** No cell has the region that was asked for. */
    record Nowhere() implements Route {}

    /** Why a player is sent on. */
    enum Reason {
        /** The player belongs to another region. */
        REGION,
        /** This hall is full, and another of the region is not. */
        LOAD,
        /** The region is full, for all that is known here. */
        NEIGHBOUR
    }
}
