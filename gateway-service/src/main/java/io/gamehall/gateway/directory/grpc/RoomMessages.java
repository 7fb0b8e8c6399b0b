package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import java.util.List;

/** Rooms as messages. */
final class RoomMessages {
    private RoomMessages() {}

    static io.gamehall.v1.RoomSummary summary(RoomSummary room) {
        return io.gamehall.v1.RoomSummary.newBuilder()
                .setRoomId(room.id().value())
                .setGame(room.game())
                .setMembers(room.members())
                .setCapacity(room.capacity())
                .setSeated(room.seated())
                .setTables(room.tables())
                .setTablesPlaying(room.playing())
                .setSeatsPerTable(room.seatsPerTable())
                .setOpen(room.open())
                .setWaiting(room.waiting())
                .build();
    }

    static RoomsUpdate update(long version, boolean snapshot, List<RoomSummary> rooms) {
        var update = RoomsUpdate.newBuilder().setVersion(version).setSnapshot(snapshot);
        for (var room : rooms) update.addRooms(summary(room));
        return update.build();
    }
}
