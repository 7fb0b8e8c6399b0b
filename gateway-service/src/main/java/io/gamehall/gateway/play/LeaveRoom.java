package io.gamehall.gateway.play;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.smallrye.mutiny.Uni;

/** Takes a player who has gone out of a room, on behalf of the gateway. */
public interface LeaveRoom {
    /**
     * @param generation of the session that has gone: a newer one that has acted in the room since is left alone
     * @return nothing when the room's owner has decided, whatever it decided; fails when no owner answered in time
     */
    Uni<Void> leave(PlayerId player, long generation, RoomId room);
}
