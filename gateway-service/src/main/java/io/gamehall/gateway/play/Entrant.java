package io.gamehall.gateway.play;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who asks to be let into a room, and how.
 *
 * @param generation of the player's session
 * @param requestId of the call; never empty
 * @param leave takes the player out of a room, or off its wait-list
 * @param place what an answer says; nothing, if it is none to an entry
 * @param <T> the owner's answer
 */
public record Entrant<T>(
        PlayerId player,
        long generation,
        String requestId,
        Function<RoomId, OwnerCall<?>> leave,
        Function<T, Optional<Place>> place) {
    /**
     * Where the player is now.
     *
     * @param room empty: the answer does not say
     * @param waits whether the player stands in line for it
     */
    public record Place(Optional<RoomId> room, boolean waits) {}
}
