package io.gamehall.gateway.play;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of several rooms of one game, in which the directory sees a player, counts: the registry says it, and is told
 * of the rooms of those whose streams are here. Safe for any thread, never blocks.
 */
@Singleton
public class RoomsHeld {
    private final Directory directory;
    private final RoomClaims claims;
    /** Of players in more than one room of a game, whom a crash or a silent registry has left behind: few. */
    private final Map<PlayerId, Map<String, RoomId>> decided = new ConcurrentHashMap<>();

    RoomsHeld(Directory directory, RoomClaims claims) {
        this.directory = directory;
        this.claims = claims;
    }

    /**
     * Tells the registry of the rooms of players with streams, and remembers what it says of those in two rooms of a
     * game. Never fails.
     */
    public Uni<Void> tell(Collection<PlayerId> players) {
        var seen = new HashMap<PlayerId, Map<String, List<RoomId>>>();
        for (var player : players) {
            var rooms = seen(player);
            if (!rooms.isEmpty()) seen.put(player, rooms);
            if (!isDouble(rooms)) decided.remove(player);
        }
        if (seen.isEmpty()) return Uni.createFrom().voidItem();
        return claims.learn(seen)
                .invoke(rooms -> rooms.forEach((player, room) -> {
                    if (isDouble(seen.get(player))) decided.put(player, room);
                }))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** The rooms in which the directory sees a player, by game, each in the order of the entries. */
    Map<String, List<RoomId>> seen(PlayerId player) {
        var rooms = directory.whereIs(player);
        if (rooms.isEmpty()) return Map.of();
        var byGame = new HashMap<String, List<RoomId>>();
        for (var id : rooms) {
            directory.room(id).ifPresent(room -> byGame.computeIfAbsent(room.game(), first -> new ArrayList<>())
                    .add(id));
        }
        return byGame;
    }

    /** Forgets everybody but these. */
    public void retain(Set<PlayerId> players) {
        if (!decided.isEmpty()) decided.keySet().retainAll(players);
    }

    /**
     * The rooms that count, one for each game: of several the one that the registry names, or while it has not named
     * any, the one that was entered first. Who is in a room waits for no other one of its game.
     *
     * @param in the rooms in which the directory sees the player
     * @param awaited those for which it sees the player wait
     */
    public Set<RoomId> of(PlayerId player, List<RoomId> in, List<RoomId> awaited) {
        var byGame = new HashMap<String, RoomId>();
        var named = decided.getOrDefault(player, Map.of());
        for (var room : in) {
            directory.room(room).ifPresent(known -> {
                if (room.equals(named.get(known.game()))) byGame.put(known.game(), room);
                else if (!named.containsKey(known.game())) byGame.putIfAbsent(known.game(), room);
            });
        }
        var rooms = new HashSet<>(byGame.values());
        for (var room : awaited) {
            directory
                    .room(room)
                    .filter(known -> !byGame.containsKey(known.game()))
                    .ifPresent(known -> rooms.add(room));
        }
        return rooms;
    }

    private static boolean isDouble(Map<String, List<RoomId>> rooms) {
        return rooms.values().stream().anyMatch(several -> several.size() > 1);
    }
}
