package io.gamehall.gateway.directory;

import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomId;

/**
 * A room as the directory shows it.
 *
 * @param members players in the room, seated or not
 * @param capacity at most this many members
 * @param playing tables at which a round runs
 * @param open whether it takes in new members
 * @param waiting players who wait for a place
 * @param places that newcomers may take: not those held for somebody, nor those for which somebody waits
 */
public record RoomSummary(
        RoomId id,
        String game,
        int members,
        int capacity,
        int seated,
        int tables,
        int playing,
        int seatsPerTable,
        boolean open,
        int waiting,
        int places) {
    static RoomSummary of(Room room) {
        var setup = room.setup();
        return new RoomSummary(
                room.id(),
                setup.game(),
                room.memberCount(),
                setup.capacity(),
                room.seatedCount(),
                setup.tables(),
                room.playingCount(),
                setup.seatsPerTable(),
                setup.open(),
                room.waiterCount(),
                room.hasSpace() ? setup.capacity() - room.population() - room.waiterCount() : 0);
    }

    /** Whether it would take one more member in. */
    public boolean hasSpace() {
        return places > 0;
    }
}
