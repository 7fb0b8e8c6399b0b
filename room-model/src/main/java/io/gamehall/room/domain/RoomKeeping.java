package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.accepted;
import static io.gamehall.room.domain.Decision.refused;

import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import java.util.ArrayList;
import java.util.List;

/** What operators and the clock want of a room. Pure. */
final class RoomKeeping {
    private RoomKeeping() {}

    static Decision ensure(Partition partition, RoomCommand.EnsureRoom ensure) {
        return partition.room(ensure.room()).isPresent()
                ? done(List.of())
                : done(List.of(new RoomChanged(ensure.room(), ensure.setup())));
    }

    static Decision open(Partition partition, RoomCommand.OpenRoom open) {
        var found = partition.room(open.room());
        if (found.isEmpty()) return done(List.of(new RoomChanged(open.room(), open.setup())));
        var setup = found.get().setup();
        if (!setup.game().equals(open.setup().game())
                || setup.seatsPerTable() != open.setup().seatsPerTable()) {
            return refused(Reason.ROOM_EXISTS, "game", setup.game());
        }
        return setup.open() ? done(List.of()) : done(List.of(new RoomChanged(open.room(), setup.reopened())));
    }

    /** Nobody enters any more, also not from the wait-list. */
    static Decision close(Partition partition, RoomCommand.CloseRoom close) {
        var found = partition.room(close.room());
        if (found.isEmpty()) return refused(Reason.ROOM_NOT_FOUND);
        var room = found.get();
        var events = new ArrayList<RoomEvent>();
        events.add(new RoomChanged(room.id(), room.setup().closed(close.drainByMs())));
        room.waiting().forEach(player -> events.add(new MemberLeft(room.id(), player)));
        return done(events);
    }

    static Decision changeCapacity(Partition partition, RoomCommand.ChangeCapacity change) {
        var found = partition.room(change.room());
        if (found.isEmpty()) return refused(Reason.ROOM_NOT_FOUND);
        return done(List.of(new RoomChanged(change.room(), found.get().setup().withCapacity(change.capacity()))));
    }

    static Decision remove(Partition partition, RoomCommand.Remove remove) {
        return partition
                .room(remove.room())
                .filter(room -> room.member(remove.player()).isPresent()
                        || room.waiter(remove.player()).isPresent())
                .map(room -> done(RoomRules.departure(room, remove.player(), remove.atMs())))
                .orElseGet(() -> done(List.of()));
    }

    /** Reservations end first, because their places may be what the next in line waits for. */
    static Decision advance(Partition partition, RoomCommand.Advance advance) {
        return partition
                .room(advance.room())
                .map(room -> advance(room, advance.atMs()))
                .orElseGet(() -> done(List.of()));
    }

    private static Decision advance(Room room, long atMs) {
        var events = new ArrayList<RoomEvent>();
        int population = room.population();
        for (var number : room.reservedTables()) {
            var table = room.table(number);
            var left = table.expire(atMs);
            if (left.equals(table)) continue;
            events.add(new TableChanged(room.id(), number, left));
            for (var over : table.reservations()) {
                if (over.untilMs() <= atMs && room.member(over.player()).isEmpty()) population--;
            }
        }
        events.addAll(RoomRules.admissions(room, population, room.setup(), atMs));
        return done(events);
    }

    static Decision electHost(Partition partition, RoomCommand.ElectHost elect) {
        return partition
                .room(elect.room())
                .filter(room -> room.hasTable(elect.table()))
                .map(room -> room.table(elect.table()))
                .filter(table -> !table.electHost(elect.away()).equals(table))
                .map(table ->
                        done(List.of(new TableChanged(elect.room(), elect.table(), table.electHost(elect.away())))))
                .orElseGet(() -> done(List.of()));
    }

    private static Decision done(List<? extends RoomEvent> events) {
        return accepted(events, new Reply.Done());
    }
}
