package io.gamehall.gateway.directory.grpc;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Table;
import io.gamehall.v1.TableView;
import java.util.List;
import java.util.stream.IntStream;

/** Tables as messages. */
public final class TableMessages {
    private TableMessages() {}

    /** All tables of a room, in their order. On the directory's thread only. */
    static List<TableView> all(Room room) {
        return IntStream.range(0, room.setup().tables())
                .mapToObj(number -> view(room.id(), number, room.table(number)))
                .toList();
    }

    /** A table as everybody in its room may see it. Any thread. */
    public static TableView view(RoomId room, int number, Table table) {
        var view = TableView.newBuilder()
                .setRoomId(room.value())
                .setTable(number)
                .setRound(table.round())
                .setPlaying(table.running().isPresent())
                .setHostPlayerId(table.host().player().map(PlayerId::value).orElse(0L))
                .setHostTerm(table.host().term());
        for (var chair : table.chairs()) {
            view.addSeats(chair.map(taken -> taken.player().value()).orElse(0L));
            view.addReady(chair.isPresent() && chair.get().ready());
        }
        var held = new long[table.chairs().size()];
        for (var reservation : table.reservations()) {
            held[reservation.seat()] = reservation.player().value();
        }
        for (long player : held) view.addReserved(player);
        table.running().ifPresent(round -> round.players().forEach(player -> view.addRoundPlayers(player.value())));
        return view.build();
    }
}
