package io.gamehall.room.domain;

import io.gamehall.room.domain.RoomCommand.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Commands as players, operators and the clock could give them in any order, most of them sensible: a few players and
 * small rooms, so that everything is full, contested and over soon. The same seed gives the same commands.
 */
public final class RandomCommands {
    private static final List<RoomId> ROOMS =
            List.of(new RoomId("duel-1"), new RoomId("duel-2"), new RoomId("trio-1"), new RoomId("no-room"));
    private static final int PLAYERS = 14;

    private final Random random;
    private final Map<PlayerId, Long> generations = new HashMap<>();
    private long nowMs = 1_000_000;

    public RandomCommands(long seed) {
        random = new Random(seed);
    }

    /** The rooms that the commands are about: two of one game, one of another. */
    public static List<RoomCommand> opening() {
        return List.of(
                new OpenRoom(ROOMS.get(0), new RoomSetup("duel", 2, 3, 5, true, 0)),
                new OpenRoom(ROOMS.get(1), new RoomSetup("duel", 2, 2, 3, true, 0)),
                new OpenRoom(ROOMS.get(2), new RoomSetup("trio", 3, 3, 7, true, 0)));
    }

    public RoomCommand next(Partition partition) {
        nowMs += random.nextInt(3_000);
        var player = new PlayerId(1 + random.nextInt(PLAYERS));
        var room = roomFor(partition, player);
        return switch (random.nextInt(12)) {
            case 0 -> keeping(partition, room, player);
            case 1 -> new Advance(room, nowMs);
            case 2 -> publication(partition, room);
            case 3, 4, 5 -> playing(partition, room, player, generation(player));
            default -> byPlayer(partition, room, player, generation(player));
        };
    }

    private RoomCommand byPlayer(Partition partition, RoomId room, PlayerId player, long generation) {
        return switch (random.nextInt(25)) {
            case 0, 1, 2 -> new Enter(room, player, generation, random.nextBoolean(), nowMs);
            case 3 -> new AutoEnter(random.nextBoolean() ? "duel" : "trio", player, generation, nowMs);
            case 4 -> new Leave(room, player, generation, nowMs);
            case 5, 6 -> new QuickJoin(room, player, generation, nowMs);
            case 7 -> new Sit(room, player, generation, seat(), nowMs);
            case 8, 9, 10 -> new Swap(room, player, generation, seat(partition, room, player), nowMs);
            case 11 -> new SitTogether(room, player, generation, friends(partition, room, player), nowMs);
            case 12, 13 ->
                new Reserve(room, player, generation, friends(partition, room, player), 1 + random.nextInt(120), nowMs);
            case 14 -> new Stand(room, player, generation, nowMs);
            case 15, 16, 17, 18 -> new Ready(room, player, generation, nowMs);
            case 19, 20, 21 -> report(partition, room, player, generation);
            case 22 -> new Leave(room, player, generation, nowMs);
            case 23 -> new Say(room, player, generation, "hello", nowMs);
            default ->
                new Signal(
                        room,
                        player,
                        generation,
                        friends(partition, room, player).getFirst(),
                        new Payload(new byte[1]),
                        nowMs);
        };
    }

    /** What brings a game forward. */
    private RoomCommand playing(Partition partition, RoomId id, PlayerId player, long generation) {
        var room = partition.room(id).filter(it -> it.member(player).isPresent());
        if (room.isEmpty()) return new Enter(id, player, generation, true, nowMs);
        var table = room.get().tableOf(player).map(room.get()::table);
        if (table.isEmpty()) return new QuickJoin(id, player, generation, nowMs);
        return table.get().running().isPresent()
                ? report(partition, id, player, generation)
                : new Ready(id, player, generation, nowMs);
    }

    private RoomCommand keeping(Partition partition, RoomId room, PlayerId player) {
        return switch (random.nextInt(8)) {
            case 0 -> new CloseRoom(room, nowMs + 10_000);
            case 1, 2 -> new ChangeCapacity(room, 1 + random.nextInt(8));
            case 3 -> new Remove(room, player, nowMs);
            case 4 -> new ElectHost(room, random.nextInt(4), new HashSet<>(friends(partition, room, player)));
            case 5 -> new EnsureRoom(ROOMS.getFirst(), new RoomSetup("duel", 2, 2, 2, true, 0));
            default ->
                partition
                        .room(room)
                        .<RoomCommand>map(open -> new OpenRoom(room, open.setup()))
                        .orElseGet(() -> new Advance(room, nowMs));
        };
    }

    /** Mostly the room that the player is in, or waits for. */
    private RoomId roomFor(Partition partition, PlayerId player) {
        var rooms = partition.whereabouts(player);
        return rooms.isEmpty() || random.nextInt(10) == 0
                ? ROOMS.get(random.nextInt(random.nextInt(8) == 0 ? 4 : 3))
                : rooms.get(random.nextInt(rooms.size()));
    }

    /** Of the player's session: mostly the present one, now and then a newer or an older one. */
    private long generation(PlayerId player) {
        long present = generations.merge(player, random.nextInt(30) == 0 ? 1L : 0L, Long::sum);
        return Math.max(0, present - (random.nextInt(30) == 0 ? 1 : 0));
    }

    /** Mostly players of the room. */
    private List<PlayerId> friends(Partition partition, RoomId id, PlayerId of) {
        var here = partition.room(id).map(Room::members).orElse(List.of());
        var friends = new ArrayList<PlayerId>();
        for (int count = 1 + random.nextInt(2); friends.size() < count; ) {
            var friend = here.isEmpty() || random.nextInt(3) == 0
                    ? new PlayerId(1 + random.nextInt(PLAYERS))
                    : here.get(random.nextInt(here.size()));
            if (!friend.equals(of) && !friends.contains(friend)) friends.add(friend);
        }
        return friends;
    }

    private Seat seat() {
        return new Seat(random.nextInt(4), random.nextInt(random.nextInt(20) == 0 ? 4 : 2));
    }

    /** Often one that somebody has wished to give for the player's own. */
    private Seat seat(Partition partition, RoomId id, PlayerId player) {
        var room = partition.room(id);
        var own = room.flatMap(it -> it.tableOf(player));
        if (own.isEmpty() || random.nextInt(3) == 0) return seat();
        var mine =
                new Seat(own.get(), room.get().table(own.get()).seatOf(player).orElseThrow());
        for (var other : room.get().members()) {
            var table = room.get().tableOf(other);
            if (table.isEmpty()) continue;
            int seat = room.get().table(table.get()).seatOf(other).orElseThrow();
            var chair = room.get().table(table.get()).chairs().get(seat).orElseThrow();
            if (chair.wish().filter(wish -> wish.seat().equals(mine)).isPresent()) return new Seat(table.get(), seat);
        }
        return seat();
    }

    private RoomCommand report(Partition partition, RoomId id, PlayerId player, long generation) {
        var table = partition.room(id).flatMap(room -> room.tableOf(player));
        if (table.isEmpty() || random.nextInt(10) == 0) {
            return new ReportResult(id, player, generation, random.nextInt(3), random.nextInt(3), List.of(), nowMs);
        }
        var playing = partition.room(id).orElseThrow().table(table.get());
        int won = random.nextInt(4) == 0 ? 5 : 1;
        var scores = playing.running().map(Round::players).orElse(List.of(player)).stream()
                .limit(random.nextInt(12) == 0 ? 1 : 8)
                .map(it -> new Score(it, won))
                .toList();
        return new ReportResult(id, player, generation, table.get(), playing.round(), scores, nowMs);
    }

    private RoomCommand publication(Partition partition, RoomId id) {
        var room = partition.room(id).filter(it -> !it.unpublished().isEmpty());
        if (room.isEmpty()) return new ConfirmPublished(id, random.nextInt(4), random.nextInt(3));
        int table = room.get().unpublished().getFirst();
        return new ConfirmPublished(id, table, room.get().table(table).round());
    }
}
