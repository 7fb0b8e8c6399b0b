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
        boolean open) {
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
                setup.open());
    }

    /** Whether it would take one more member in. */
    public boolean hasSpace() {
        return open && members < capacity;
    }
}
