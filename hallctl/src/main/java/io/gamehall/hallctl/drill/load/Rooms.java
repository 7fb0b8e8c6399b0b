package io.gamehall.hallctl.drill.load;

import io.gamehall.hallctl.drill.check.JournalTrace;
import java.util.List;

/** The rooms of the hall, from its journal. */
public final class Rooms {
    private Rooms() {}

    /** A room and its game. */
    public record Room(String id, String game) {}

    /** In the order of their ids. */
    public static List<Room> of(JournalTrace journal) {
        return journal.rooms().stream()
                .map(room -> new Room(room.id().value(), room.setup().game()))
                .sorted(java.util.Comparator.comparing(Room::id))
                .toList();
    }
}
