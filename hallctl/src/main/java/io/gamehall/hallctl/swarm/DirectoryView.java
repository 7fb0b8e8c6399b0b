package io.gamehall.hallctl.swarm;

import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rooms of one hall, as its watchers were told. They share one picture: each keeps the newest version of a room, as
 * every one of them would for itself. Any thread.
 */
final class DirectoryView {
    private final ConcurrentHashMap<String, Seen> rooms = new ConcurrentHashMap<>();
    private final Faults faults;

    private record Seen(long version, RoomSummary room) {}

    DirectoryView(Faults faults) {
        this.faults = faults;
    }

    void accept(RoomsUpdate update) {
        update.getRoomsList().forEach(room -> accept(update.getVersion(), room));
    }

    void accept(long version, RoomSummary room) {
        check(room);
        rooms.merge(
                room.getRoomId(), new Seen(version, room), (old, now) -> now.version() >= old.version() ? now : old);
    }

    Optional<RoomSummary> room(String id) {
        return Optional.ofNullable(rooms.get(id)).map(Seen::room);
    }

    /** Seats of a room that nobody has; 0 for a room that is not known. */
    long freeSeats(String id) {
        return room(id).map(room -> (long) room.getTables() * room.getSeatsPerTable() - room.getSeated())
                .orElse(0L);
    }

    /** The room of a game with the most members that has space, other than one. */
    Optional<RoomSummary> liveliest(String game, String except) {
        return rooms.values().stream()
                .map(Seen::room)
                .filter(room -> room.getGame().equals(game) && room.getOpen())
                .filter(room -> room.getMembers() < room.getCapacity()
                        && !room.getRoomId().equals(except))
                .max(Comparator.comparingInt(RoomSummary::getMembers).thenComparing(RoomSummary::getRoomId));
    }

    long members() {
        return rooms.values().stream()
                .mapToLong(seen -> seen.room().getMembers())
                .sum();
    }

    /** What can't be true of any room. */
    private void check(RoomSummary room) {
        boolean possible = room.getSeated() <= room.getMembers()
                && room.getMembers() <= room.getCapacity()
                && room.getSeated() <= (long) room.getTables() * room.getSeatsPerTable()
                && room.getTablesPlaying() <= room.getTables();
        if (!possible) {
            faults.note("Directory: impossible room", room.toString().replace('\n', ' '));
        }
    }
}
