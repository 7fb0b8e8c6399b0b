package io.gamehall.gateway.directory;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import java.util.Optional;
import java.util.Set;

/**
 * Which rooms to list.
 *
 * @param game empty: all games
 * @param hasSpace only rooms that a player can enter now
 * @param with only rooms in which one of these players is, at most {@link #PLAYERS_MAX}; empty: all rooms
 * @param after the place of the last room of the page before
 * @param size 1-{@link RoomPage#SIZE_MAX}
 */
public record RoomQuery(
        String game, boolean hasSpace, Set<PlayerId> with, RoomOrder order, Optional<RoomOrder.Key> after, int size) {
    public static final int PLAYERS_MAX = 200;

    /** @throws Refusal PAGE_INVALID */
    public RoomQuery {
        if (size < 1 || size > RoomPage.SIZE_MAX) {
            throw new Refusal(Reason.PAGE_INVALID, "A page has 1-" + RoomPage.SIZE_MAX + " rooms");
        }
        if (with.size() > PLAYERS_MAX) {
            throw new Refusal(Reason.PAGE_INVALID, "At most " + PLAYERS_MAX + " players can be looked for at once");
        }
        with = Set.copyOf(with);
    }

    boolean matches(RoomSummary room) {
        return (game.isEmpty() || room.game().equals(game)) && (!hasSpace || room.hasSpace());
    }
}
