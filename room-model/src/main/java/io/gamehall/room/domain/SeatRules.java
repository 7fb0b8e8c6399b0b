package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.accepted;
import static io.gamehall.room.domain.Decision.refused;

import io.gamehall.room.domain.Decision.Placed;
import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Refused;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who sits where. Pure. The players are members of the room. */
final class SeatRules {
    /** Seats held at one player's wish: a table's worth of friends. */
    static final int RESERVATIONS_MAX = 7;

    /** For how long a seat is held while its player moves to it, should the move be cut off half way. */
    private static final long MOVE_MS = 30_000;

    private SeatRules() {}

    /** The seat that is held for the player, else any free one. */
    static Decision quickJoin(Room room, RoomCommand.QuickJoin join) {
        var seated = room.tableOf(join.player());
        if (seated.isPresent()) return alreadySeated(room, seated.get(), join.player());
        var held = held(room, join.player());
        if (held.isPresent()) return sitDown(room, held.get(), join.player(), join.atMs());
        var open = room.fullestOpenTable();
        if (open.isEmpty()) return refused(Reason.NO_FREE_SEAT);
        int seat = room.table(open.get()).firstFree(1).getFirst();
        return sitDown(room, new Seat(open.get(), seat), join.player(), join.atMs());
    }

    static Decision sit(Room room, RoomCommand.Sit sit) {
        var seated = room.tableOf(sit.player());
        if (seated.isPresent()) return alreadySeated(room, seated.get(), sit.player());
        if (!room.hasSeat(sit.seat())) return refused(Reason.SEAT_NOT_FOUND);
        var table = room.table(sit.seat().table());
        if (table.running().isPresent()) return refused(Reason.ROUND_RUNNING);
        return table.isFreeFor(sit.player(), sit.seat().number())
                ? sitDown(room, sit.seat(), sit.player(), sit.atMs())
                : refused(Reason.SEAT_TAKEN);
    }

    /** One record: all of them sit, or nobody. */
    static Decision sitTogether(Room room, RoomCommand.SitTogether group) {
        var players = new ArrayList<PlayerId>();
        players.add(group.player());
        players.addAll(group.friends());
        for (var player : players) {
            if (room.member(player).isEmpty()) return refused(Reason.PEER_NOT_HERE, "player_id", player);
            if (room.tableOf(player).isPresent()) return refused(Reason.ALREADY_SEATED, "player_id", player);
        }
        var open = room.fullestOpenTable(players.size());
        if (open.isEmpty()) return refused(Reason.NO_FREE_SEAT);
        var table = room.table(open.get());
        var seats = table.firstFree(players.size());
        var placed = new ArrayList<Placed>();
        for (int i = 0; i < players.size(); i++) {
            table = table.seat(seats.get(i), players.get(i), group.atMs());
            placed.add(new Placed(players.get(i), seats.get(i)));
        }
        return accepted(
                List.of(new TableChanged(room.id(), open.get(), table)),
                new Reply.GroupSeated(room.id(), open.get(), placed, 0));
    }

    /** At the player's own table, else at the fullest one. */
    static Decision reserve(Room room, RoomCommand.Reserve reserve) {
        var friends = reserve.friends();
        if (!room.setup().open()) return refused(Reason.ROOM_CLOSED);
        for (var friend : friends) {
            if (room.tableOf(friend).isPresent()) return refused(Reason.ALREADY_SEATED, "player_id", friend);
            if (room.heldFor(friend).isPresent()) return refused(Reason.RESERVATIONS_MAX, "player_id", friend);
        }
        if (room.heldBy(reserve.player()) + friends.size() > RESERVATIONS_MAX) {
            return refused(Reason.RESERVATIONS_MAX, "reservations", RESERVATIONS_MAX);
        }
        long newcomers =
                friends.stream().filter(it -> room.member(it).isEmpty()).count();
        if (newcomers > 0
                && room.population() + room.waiterCount() + newcomers
                        > room.setup().capacity()) {
            return new Refused(
                    Reason.ROOM_FULL,
                    Map.of(
                            "members", Integer.toString(room.memberCount()),
                            "capacity", Integer.toString(room.setup().capacity())));
        }
        var own = room.tableOf(reserve.player());
        var chosen = own.isPresent() ? own : room.fullestOpenTable(friends.size());
        if (chosen.isEmpty() || room.table(chosen.get()).free() < friends.size()) return refused(Reason.NO_FREE_SEAT);
        return hold(room, chosen.get(), reserve);
    }

    private static Decision hold(Room room, int number, RoomCommand.Reserve reserve) {
        long until = reserve.atMs() + reserve.seconds() * 1_000L;
        var table = room.table(number);
        var seats = table.firstFree(reserve.friends().size());
        var placed = new ArrayList<Placed>();
        for (int i = 0; i < seats.size(); i++) {
            var friend = reserve.friends().get(i);
            table = table.reserve(new Reservation(seats.get(i), friend, reserve.player(), until));
            placed.add(new Placed(friend, seats.get(i)));
        }
        return accepted(
                List.of(new TableChanged(room.id(), number, table)),
                new Reply.GroupSeated(room.id(), number, placed, until));
    }

    /** To a free seat at once; with another player when both want each other's seat. */
    static Decision swap(Room room, RoomCommand.Swap swap) {
        var seated = room.tableOf(swap.player());
        if (seated.isEmpty()) return refused(Reason.NOT_SEATED);
        if (!room.hasSeat(swap.seat())) return refused(Reason.SEAT_NOT_FOUND);
        var from = new Seat(
                seated.get(), room.table(seated.get()).seatOf(swap.player()).orElseThrow());
        if (from.equals(swap.seat())) return accepted(List.of(), new Reply.Swapped());
        var table = room.table(from.table());
        var target = room.table(swap.seat().table());
        if (table.running().isPresent() || target.running().isPresent()) return refused(Reason.ROUND_RUNNING);
        var other = target.chairs().get(swap.seat().number());
        if (other.isEmpty()) {
            return target.isFreeFor(swap.player(), swap.seat().number())
                    ? accepted(move(room, swap.player(), from, swap.seat(), swap.atMs()), new Reply.Swapped())
                    : refused(Reason.SEAT_TAKEN);
        }
        if (other.get().wants(from, swap.atMs())) {
            return accepted(
                    exchange(room, from, swap.player(), swap.seat(), other.get().player(), swap.atMs()),
                    new Reply.Swapped());
        }
        var wish = new Chair.Wish(swap.seat(), swap.atMs() + Chair.WISH_MS);
        return accepted(
                List.of(new TableChanged(room.id(), from.table(), table.wish(swap.player(), wish))),
                new Reply.SwapWished(other.get().player(), wish.untilMs()));
    }

    /**
     * Between two tables these are several records. The seat is held for the player before the old one is given up, so
     * that a move cut off half way leaves the player at least with the right to the new seat.
     */
    private static List<RoomEvent> move(Room room, PlayerId player, Seat from, Seat to, long atMs) {
        if (from.table() == to.table()) {
            var moved = room.table(from.table()).move(from.number(), to.number());
            return List.of(new TableChanged(room.id(), from.table(), moved));
        }
        var events = new ArrayList<RoomEvent>();
        var target = room.table(to.table());
        if (room.heldFor(player).isEmpty()) {
            target = target.reserve(new Reservation(to.number(), player, player, atMs + MOVE_MS));
            events.add(new TableChanged(room.id(), to.table(), target));
        }
        events.add(new TableChanged(
                room.id(), from.table(), room.table(from.table()).unseat(player)));
        events.add(new TableChanged(room.id(), to.table(), target.seat(to.number(), player, atMs)));
        return events;
    }

    /** Between two tables: the own seat is held for the other, who gives his or hers up last. */
    private static List<RoomEvent> exchange(Room room, Seat from, PlayerId player, Seat to, PlayerId other, long atMs) {
        var table = room.table(from.table());
        if (from.table() == to.table()) {
            return List.of(new TableChanged(room.id(), from.table(), table.exchange(from.number(), to.number())));
        }
        var left = table.unseat(player);
        if (room.heldFor(other).isEmpty()) {
            left = left.reserve(new Reservation(from.number(), other, player, atMs + MOVE_MS));
        }
        var target = room.table(to.table()).replace(to.number(), player, atMs);
        return List.of(
                new TableChanged(room.id(), from.table(), left),
                new TableChanged(room.id(), to.table(), target),
                new TableChanged(room.id(), from.table(), left.seat(from.number(), other, atMs)));
    }

    static Decision stand(Room room, RoomCommand.Stand stand) {
        var events = standing(room, stand.player(), stand.atMs());
        return events.isEmpty() ? refused(Reason.NOT_SEATED) : accepted(events, new Reply.Stood());
    }

    /** Gives up the player's seat, if any. A running round may be decided by that. */
    static List<RoomEvent> standing(Room room, PlayerId player, long atMs) {
        return room.tableOf(player)
                .<List<RoomEvent>>map(number -> List.of(new TableChanged(
                        room.id(), number, room.table(number).unseat(player).settleIfDecided(atMs))))
                .orElseGet(List::of);
    }

    /** The seat that is held for a player, where no round runs. */
    private static Optional<Seat> held(Room room, PlayerId player) {
        return room.heldFor(player)
                .filter(number -> room.table(number).running().isEmpty())
                .flatMap(number -> room.table(number).reservations().stream()
                        .filter(it -> it.player().equals(player))
                        .map(it -> new Seat(number, it.seat()))
                        .findFirst());
    }

    private static Decision sitDown(Room room, Seat seat, PlayerId player, long atMs) {
        var table = room.table(seat.table()).seat(seat.number(), player, atMs);
        return accepted(List.of(new TableChanged(room.id(), seat.table(), table)), new Reply.Seated(room.id(), seat));
    }

    private static Decision alreadySeated(Room room, int table, PlayerId player) {
        int seat = room.table(table).seatOf(player).orElseThrow();
        return new Refused(
                Reason.ALREADY_SEATED, Map.of("table", Integer.toString(table), "seat", Integer.toString(seat)));
    }
}
