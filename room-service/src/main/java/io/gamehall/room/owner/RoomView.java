package io.gamehall.room.owner;

import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomId;

/**
 * A room as it was a moment ago, for other threads.
 *
 * @param population members and held places
 */
record RoomView(RoomId id, String game, int members, int population, int capacity, boolean open, boolean hasSpace) {
    static RoomView of(Room room) {
        return new RoomView(
                room.id(),
                room.setup().game(),
                room.memberCount(),
                room.population(),
                room.setup().capacity(),
                room.setup().open(),
                room.hasSpace());
    }
}
