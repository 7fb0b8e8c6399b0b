package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members of each room whose streams are here, or were a moment ago, so that what is said in a room costs nothing for the others. Written
 * on the directory's thread, on which players and rooms fit together; read by any.
 */
@Singleton
class Audiences implements DirectoryListener {
    private final Map<RoomId, Set<PlayerId>> audiences = new ConcurrentHashMap<>();
    private final Set<PlayerId> connected = new HashSet<>();
    private final Directory directory;
    private final DirectoryFollower follower;

    Audiences(Directory directory, DirectoryFollower follower) {
        this.directory = directory;
        this.follower = follower;
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
    }

    /** Who is to hear what is said in a room: as it is now, and as it changes. */
    Set<PlayerId> of(RoomId room) {
        return audiences.getOrDefault(room, Set.of());
    }

    /** Whether a player has a stream here, or had one a moment ago. On the directory's thread only. */
    boolean isHere(PlayerId player) {
        return connected.contains(player);
    }

    /** A player has a stream. On the directory's thread only. */
    void arrived(PlayerId player) {
        connected.add(player);
        for (var room : directory.whereIs(player)) add(room, player);
    }

    /** A player has no stream any more. On the directory's thread only. */
    void gone(PlayerId player) {
        connected.remove(player);
        for (var room : directory.whereIs(player)) remove(room, player);
    }

    @Override
    public void entered(RoomId room, PlayerId player) {
        if (connected.contains(player)) add(room, player);
    }

    @Override
    public void left(RoomId room, PlayerId player) {
        if (connected.contains(player)) remove(room, player);
    }

    private void add(RoomId room, PlayerId player) {
        audiences.computeIfAbsent(room, first -> ConcurrentHashMap.newKeySet()).add(player);
    }

    private void remove(RoomId room, PlayerId player) {
        audiences.computeIfPresent(room, (id, members) -> {
            members.remove(player);
            return members.isEmpty() ? null : members;
        });
    }
}
