package io.gamehall.journeys.hall;

import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rooms as a watcher has them who does as the contract says.
 *
 * @param rooms by their ids
 */
record RoomsPicture(Map<String, RoomSummary> rooms) {
    static RoomsPicture of(List<RoomsUpdate> updates) {
        var rooms = new TreeMap<String, RoomSummary>();
        for (var update : updates) {
            if (update.getSnapshot()) rooms.clear();
            update.getRoomsList().forEach(room -> rooms.put(room.getRoomId(), room));
        }
        return new RoomsPicture(rooms);
    }

    static RoomsPicture listed(List<RoomSummary> list) {
        return of(List.of(
                RoomsUpdate.newBuilder().setSnapshot(true).addAllRooms(list).build()));
    }

    int members(String room) {
        return rooms.get(room).getMembers();
    }

    int seated(String room) {
        return rooms.get(room).getSeated();
    }
}
