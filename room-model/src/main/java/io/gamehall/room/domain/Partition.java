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
    /** Where each player is a member, or waits. */
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

    /** The rooms of this partition in which a player is a member or waits. */
    public List<RoomId> whereabouts(PlayerId player) {
        return whereabouts.getOrDefault(player, List.of());
    }

    /** The player's room of a game, if it is in this partition; by the rules there is one at most. */
    public Optional<Room> roomOf(PlayerId player, String game) {
        for (var id : whereabouts(player)) {
            var room = rooms.get(id);
            if (room.setup().game().equals(game) && room.member(player).isPresent()) return Optional.of(room);
        }
        return Optional.empty();
    }

    /** The room of a game for which the player waits, if it is in this partition. */
    Optional<Room> awaited(PlayerId player, String game) {
        for (var id : whereabouts(player)) {
            var room = rooms.get(id);
            if (room.setup().game().equals(game) && room.waiter(player).isPresent()) return Optional.of(room);
        }
        return Optional.empty();
    }

    /** The open room of a game in which a seat is held for the player; of several the first. */
    Optional<Room> heldFor(PlayerId player, String game) {
        for (var room : rooms.values()) {
            if (room.setup().open()
                    && room.heldFor(player).isPresent()
                    && room.setup().game().equals(game)) return Optional.of(room);
        }
        return Optional.empty();
    }

    /** The room of a game with the most players that still lets somebody in; of several the first. */
    Optional<Room> fullestWithSpace(String game) {
        Room fullest = null;
        for (var room : rooms.values()) {
            if (!room.hasSpace() || !room.setup().game().equals(game)) continue;
            if (fullest == null || room.population() > fullest.population()) fullest = room;
        }
        return Optional.ofNullable(fullest);
    }

    /** Makes an event true. */
    public void apply(RoomEvent event) {
        var room = rooms.get(event.room());
        if (room == null) {
            if (event instanceof RoomEvent.RoomChanged changed) open(changed);
            else orphans.computeIfAbsent(event.room(), id -> new ArrayList<>()).add(event);
            return;
        }
        room.apply(event);
        switch (event) {
            case RoomEvent.MemberChanged(var id, var player, var _) ->
                whereabouts.merge(player, List.of(id), Partition::union);
            case RoomEvent.PlayerWaits(var id, var player, var _) ->
                whereabouts.merge(player, List.of(id), Partition::union);
            case RoomEvent.MemberLeft(var id, var player) ->
                whereabouts.computeIfPresent(player, (gone, in) -> without(in, id));
            case RoomEvent.RoomChanged _, RoomEvent.TableChanged _ -> {}
        }
    }

    /** The events that make an empty partition equal to this one: one for each thing that is not as it began. */
    public List<RoomEvent> everything() {
        var all = new ArrayList<RoomEvent>();
        for (var room : rooms.values()) {
            all.add(new RoomEvent.RoomChanged(room.id(), room.setup()));
            for (var player : room.members()) {
                all.add(new RoomEvent.MemberChanged(
                        room.id(), player, room.member(player).orElseThrow()));
            }
            for (var player : room.waiting()) {
                all.add(new RoomEvent.PlayerWaits(
                        room.id(), player, room.waiter(player).orElseThrow()));
            }
            var untouched = Table.empty(room.setup().seatsPerTable());
            for (int number = 0; number < room.setup().tables(); number++) {
                var table = room.table(number);
                if (!table.equals(untouched)) all.add(new RoomEvent.TableChanged(room.id(), number, table));
            }
        }
        return all;
    }

    private void open(RoomEvent.RoomChanged changed) {
        rooms.put(changed.room(), new Room(changed.room(), changed.setup()));
        var waiting = orphans.remove(changed.room());
        if (waiting != null) waiting.forEach(this::applyIfFit);
    }

    /** A table that the room turns out not to have is ignored: it must not take the others with it. */
    private void applyIfFit(RoomEvent orphan) {
        try {
            apply(orphan);
        } catch (IllegalArgumentException unfit) {
            // Nobody can believe it, whatever comes.
        }
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
