package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.gateway.events.PlayerEvent.WaitMoved;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells players who wait for a room of their places in line, at most once in an interval of the directory's: when the
 * first leaves a line of 200, all the others move. Confined to the directory's thread.
 */
@Singleton
class WaitNews implements DirectoryListener {
    private final PlayerStreams streams;
    private final Audiences audiences;
    private final DirectoryFollower follower;
    /** Rooms of which the line may have moved since the last time. */
    private final Set<RoomId> touched = new HashSet<>();
    /** The places that were told last, of those whose streams are here, or were a moment ago. */
    private final Map<RoomId, Map<PlayerId, Integer>> told = new HashMap<>();

    WaitNews(PlayerStreams streams, Audiences audiences, DirectoryFollower follower) {
        this.streams = streams;
        this.audiences = audiences;
        this.follower = follower;
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
    }

    @Override
    public void entered(RoomId room, PlayerId player) {
        touched.add(room);
    }

    @Override
    public void left(RoomId room, PlayerId player) {
        touched.add(room);
    }

    @Override
    public void intervalOver() {
        if (touched.isEmpty()) return;
        var rooms = List.copyOf(touched);
        touched.clear();
        rooms.forEach(this::tell);
    }

    private void tell(RoomId room) {
        var places = places(room);
        var before = places.isEmpty() ? told.remove(room) : told.put(room, places);
        places.forEach((player, position) -> {
            boolean same = before != null && position.equals(before.get(player));
            if (!same) streams.tell(player, new WaitMoved(room, position));
        });
    }

    private Map<PlayerId, Integer> places(RoomId room) {
        var line = follower.room(room).map(Room::waiting).orElse(List.of());
        if (line.isEmpty()) return Map.of();
        var places = new HashMap<PlayerId, Integer>();
        for (int i = 0; i < line.size(); i++) if (audiences.isHere(line.get(i))) places.put(line.get(i), i + 1);
        return places;
    }
}
