package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rooms of one partition. Changes by {@link RoomEvent}s only. Confined to one thread.
 *
 * <p>A member or table of a room that is not known (the journal may bring them in any order of keys) waits for its
 * room.
 */
public final class Partition {
    private final Map<RoomId, Room> rooms = new TreeMap<>();
    private final Map<PlayerId, List<RoomId>> whereabouts = new HashMap<>();
    private final Map<RoomId, List<RoomEvent>> orphans = new TreeMap<>();

    public Partition() {}

    private Partition(Partition other) {
        other.rooms.forEach((id, room) -> rooms.put(id, new Room(room)));
        whereabouts.putAll(other.whereabouts);
        other.orphans.forEach((id, events) -> orphans.put(id, new ArrayList<>(events)));
    }

    /** The same rooms, independent of these. */
    public Partition copy() {
        return new Partition(this);
    }

    public Optional<Room> room(RoomId id) {
        return Optional.ofNullable(rooms.get(id));
    }

    /** All rooms, in the order of their ids. */
    public Collection<Room> rooms() {
        return rooms.values();
    }

    /** The rooms of this partition in which a player is; by the rules one for each game. */
    public List<RoomId> whereabouts(PlayerId player) {
        return whereabouts.getOrDefault(player, List.of());
    }

    /** The player's room of a game, if it is in this partition. */
    public Optional<Room> roomOf(PlayerId player, String game) {
        for (var id : whereabouts(player)) {
            var room = rooms.get(id);
            if (room.setup().game().equals(game)) return Optional.of(room);
        }
        return Optional.empty();
    }

    /** The room of a game with the most members that still lets somebody in; of several the first. */
    Optional<Room> fullestWithSpace(String game) {
        Room fullest = null;
        for (var room : rooms.values()) {
            if (!room.setup().game().equals(game) || !room.hasSpace()) continue;
            if (fullest == null || room.memberCount() > fullest.memberCount()) fullest = room;
        }
        return Optional.ofNullable(fullest);
    }

    /** Makes an event true. */
    public void apply(RoomEvent event) {
        var room = rooms.get(event.room());
        switch (event) {
            case RoomEvent.RoomChanged changed -> {
                if (room == null) open(changed);
                else room.apply(changed);
            }
            case RoomEvent.MemberChanged changed -> {
                if (room == null) orphan(changed);
                else {
                    room.apply(changed);
                    whereabouts.merge(changed.player(), List.of(changed.room()), Partition::union);
                }
            }
            case RoomEvent.MemberLeft left -> {
                if (room == null) orphan(left);
                else {
                    room.apply(left);
                    whereabouts.computeIfPresent(left.player(), (player, in) -> without(in, left.room()));
                }
            }
            case RoomEvent.TableChanged changed -> {
                if (room == null) orphan(changed);
                else room.apply(changed);
            }
        }
    }

    private void open(RoomEvent.RoomChanged changed) {
        rooms.put(changed.room(), new Room(changed.room(), changed.setup()));
        var waiting = orphans.remove(changed.room());
        if (waiting != null) waiting.forEach(this::apply);
    }

    private void orphan(RoomEvent event) {
        orphans.computeIfAbsent(event.room(), id -> new ArrayList<>()).add(event);
    }

    private static List<RoomId> union(List<RoomId> some, List<RoomId> more) {
        if (some.containsAll(more)) return some;
        var all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static List<RoomId> without(List<RoomId> some, RoomId gone) {
        var rest = some.stream().filter(id -> !id.equals(gone)).toList();
        return rest.isEmpty() ? null : rest;
    }
}
