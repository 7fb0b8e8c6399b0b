package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.accepted;
import static io.gamehall.room.domain.Decision.refused;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Refused;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.PlayerWaits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole rulebook of a room: who gets in and out. Pure: no clock, no randomness, no I/O; it reads the partition and
 * changes nothing. What happens inside is in {@link SeatRules}, {@link RoundRules}, {@link TalkRules}; what operators
 * and the clock want in {@link RoomKeeping}.
 */
public final class RoomRules {
    /** Players who may wait for a place in one room. */
    public static final int WAITERS_MAX = 200;

    /** Rooms with space that a refusal names. */
    public static final int ALTERNATIVES_MAX = 3;

    private RoomRules() {}

    public static Decision decide(Partition partition, RoomCommand command) {
        return switch (command) {
            case RoomCommand.AutoEnter enter -> autoEnter(partition, enter);
            case RoomCommand.Enter enter ->
                partition
                        .room(enter.room())
                        .map(room -> enter(partition, room, enter))
                        .orElseGet(() -> refused(Reason.ROOM_NOT_FOUND));
            case RoomCommand.Leave leave -> leave(partition, leave);
            case RoomCommand.InRoom inRoom -> inRoom(partition, inRoom);
            case RoomCommand.EnsureRoom ensure -> RoomKeeping.ensure(partition, ensure);
            case RoomCommand.OpenRoom open -> RoomKeeping.open(partition, open);
            case RoomCommand.CloseRoom close -> RoomKeeping.close(partition, close);
            case RoomCommand.ChangeCapacity change -> RoomKeeping.changeCapacity(partition, change);
            case RoomCommand.Remove remove -> RoomKeeping.remove(partition, remove);
            case RoomCommand.Advance advance -> RoomKeeping.advance(partition, advance);
            case RoomCommand.ElectHost elect -> RoomKeeping.electHost(partition, elect);
            case RoomCommand.ConfirmPublished confirm -> RoundRules.confirmPublished(partition, confirm);
        };
    }

    private static Decision autoEnter(Partition partition, RoomCommand.AutoEnter enter) {
        var current = partition.roomOf(enter.player(), enter.game());
        if (current.isPresent()) return reenter(current.get(), enter.player(), enter.generation());
        if (waitsByNewer(partition, enter.game(), enter)) return refused(Reason.SESSION_ENDED);
        return partition
                .heldFor(enter.player(), enter.game())
                .or(() -> partition.fullestWithSpace(enter.game()))
                .map(room -> letIn(partition, room, enter.player(), new Member(enter.generation(), enter.atMs())))
                .orElseGet(() -> refused(Reason.GAME_FULL));
    }

    private static Decision enter(Partition partition, Room room, RoomCommand.Enter enter) {
        var game = room.setup().game();
        var current = partition.roomOf(enter.player(), game);
        if (current.isPresent()) {
            return current.get().id().equals(room.id())
                    ? reenter(room, enter.player(), enter.generation())
                    : refused(Reason.ALREADY_IN_ROOM, "room_id", current.get().id());
        }
        if (waitsByNewer(partition, game, enter)) return refused(Reason.SESSION_ENDED);
        boolean held = room.heldFor(enter.player()).isPresent();
        if (room.waiter(enter.player()).isPresent() && !(held && room.setup().open())) return waitOn(room, enter);
        if (!room.setup().open()) return refused(Reason.ROOM_CLOSED);
        if (room.hasSpace() || held) {
            return letIn(partition, room, enter.player(), new Member(enter.generation(), enter.atMs()));
        }
        return enter.waitIfFull() ? queue(partition, room, enter) : full(partition, room);
    }

    /** Whether a newer session of the player stands in line for a room of the game. */
    private static boolean waitsByNewer(Partition partition, String game, RoomCommand.ByPlayer enter) {
        return partition
                .awaited(enter.player(), game)
                .flatMap(room -> room.waiter(enter.player()))
                .filter(waiter -> enter.generation() < waiter.generation())
                .isPresent();
    }

    /** The true count, and where else there is space. */
    private static Decision full(Partition partition, Room room) {
        var particulars = new HashMap<>(Map.of(
                "members", Integer.toString(room.memberCount()),
                "capacity", Integer.toString(room.setup().capacity()),
                "waiting", Integer.toString(room.waiterCount())));
        var others = partition.rooms().stream()
                .filter(other -> other.hasSpace()
                        && other.setup().game().equals(room.setup().game()))
                .sorted((one, other) -> Integer.compare(other.population(), one.population()))
                .limit(ALTERNATIVES_MAX)
                .map(other -> other.id().value())
                .toList();
        if (!others.isEmpty()) particulars.put("alternatives", String.join(",", others));
        return new Refused(Reason.ROOM_FULL, particulars);
    }

    private static Decision queue(Partition partition, Room room, RoomCommand.Enter enter) {
        if (room.waiterCount() >= WAITERS_MAX) return refused(Reason.WAIT_LIST_FULL, "waiting", room.waiterCount());
        var events = elsewhereNoMore(partition, room, enter.player());
        events.add(new PlayerWaits(
                room.id(), enter.player(), new Waiter(room.nextTurn(), enter.generation(), enter.atMs())));
        return accepted(events, waiting(room, room.waiterCount() + 1));
    }

    /** Who asks again keeps the place in the line, and learns it. */
    private static Decision waitOn(Room room, RoomCommand.Enter enter) {
        var waiter = room.waiter(enter.player()).orElseThrow();
        if (enter.generation() < waiter.generation()) return refused(Reason.SESSION_ENDED);
        var reply = waiting(room, room.positionOf(enter.player()));
        return enter.generation() == waiter.generation()
                ? accepted(List.of(), reply)
                : accepted(
                        List.of(new PlayerWaits(
                                room.id(),
                                enter.player(),
                                new Waiter(waiter.turn(), enter.generation(), waiter.sinceMs()))),
                        reply);
    }

    private static Reply waiting(Room room, int position) {
        return new Reply.Waiting(room.id(), room.memberCount(), room.setup().capacity(), position);
    }

    private static Decision letIn(Partition partition, Room room, PlayerId player, Member member) {
        var events = elsewhereNoMore(partition, room, player);
        events.add(new MemberChanged(room.id(), player, member));
        return accepted(
                events,
                new Reply.Entered(
                        room.id(), room.memberCount() + 1, room.setup().capacity()));
    }

    /** Nobody waits for two rooms of a game, or for one while being in another. */
    private static List<RoomEvent> elsewhereNoMore(Partition partition, Room room, PlayerId player) {
        var events = new ArrayList<RoomEvent>(2);
        partition
                .awaited(player, room.setup().game())
                .filter(other -> !other.id().equals(room.id()))
                .ifPresent(other -> events.add(new MemberLeft(other.id(), player)));
        return events;
    }

    /** Who is in already, stays in, with the seat: that is how a player comes back after a lost connection. */
    private static Decision reenter(Room room, PlayerId player, long generation) {
        var member = room.member(player).orElseThrow();
        if (generation < member.generation()) return refused(Reason.SESSION_ENDED);
        return accepted(
                renewal(room, player, generation),
                new Reply.Entered(room.id(), room.memberCount(), room.setup().capacity()));
    }

    private static Decision leave(Partition partition, RoomCommand.Leave leave) {
        var found = partition.room(leave.room());
        if (found.isEmpty()) return refused(Reason.ROOM_NOT_FOUND);
        var room = found.get();
        var generation = room.member(leave.player()).map(Member::generation).or(() -> room.waiter(leave.player())
                .map(Waiter::generation));
        if (generation.isEmpty()) return refused(Reason.NOT_IN_ROOM);
        if (leave.generation() < generation.get()) return refused(Reason.SESSION_ENDED);
        return accepted(departure(room, leave.player(), leave.atMs()), new Reply.Left());
    }

    /**
     * A player goes, and who waits enters. The seat is given up first: after each of the events nobody sits who is no
     * member.
     */
    static List<RoomEvent> departure(Room room, PlayerId player, long atMs) {
        if (room.waiter(player).isPresent()) return List.of(new MemberLeft(room.id(), player));
        var events = new ArrayList<>(SeatRules.standing(room, player, atMs));
        events.add(new MemberLeft(room.id(), player));
        boolean keepsPlace = room.heldFor(player).isPresent();
        events.addAll(admissions(room, room.population() - (keepsPlace ? 0 : 1), room.setup(), atMs));
        return events;
    }

    /** Those who wait enter, in their order, as far as there is space in a room of that population and setup. */
    static List<RoomEvent> admissions(Room room, int population, RoomSetup setup, long atMs) {
        int places = setup.capacity() - population;
        if (!setup.open() || places <= 0 || room.waiterCount() == 0) return List.of();
        return room.nextInLine(places).stream()
                .<RoomEvent>map(player -> new MemberChanged(
                        room.id(),
                        player,
                        new Member(room.waiter(player).orElseThrow().generation(), atMs)))
                .toList();
    }

    private static Decision inRoom(Partition partition, RoomCommand.InRoom command) {
        var found = partition.room(command.room());
        if (found.isEmpty()) return refused(Reason.ROOM_NOT_FOUND);
        var room = found.get();
        var member = room.member(command.player());
        if (member.isEmpty()) return refused(Reason.NOT_IN_ROOM);
        if (command.generation() < member.get().generation()) return refused(Reason.SESSION_ENDED);
        var decision = inRoom(room, command);
        return command.generation() > member.get().generation() && decision instanceof Accepted accepted
                ? renewed(room, command, accepted)
                : decision;
    }

    private static Decision inRoom(Room room, RoomCommand.InRoom command) {
        return switch (command) {
            case RoomCommand.QuickJoin join -> SeatRules.quickJoin(room, join);
            case RoomCommand.Sit sit -> SeatRules.sit(room, sit);
            case RoomCommand.Swap swap -> SeatRules.swap(room, swap);
            case RoomCommand.SitTogether group -> SeatRules.sitTogether(room, group);
            case RoomCommand.Reserve reserve -> SeatRules.reserve(room, reserve);
            case RoomCommand.Stand stand -> SeatRules.stand(room, stand);
            case RoomCommand.Ready ready -> RoundRules.ready(room, ready);
            case RoomCommand.ReportResult report -> RoundRules.report(room, report);
            case RoomCommand.Relayed relayed -> TalkRules.relay(room, relayed);
        };
    }

    private static Decision renewed(Room room, RoomCommand.InRoom command, Accepted accepted) {
        var events = new ArrayList<>(renewal(room, command.player(), command.generation()));
        events.addAll(accepted.events());
        return accepted(events, accepted.reply());
    }

    /** A newer session takes the membership over, so that the older one can't act any more. */
    private static List<RoomEvent> renewal(Room room, PlayerId player, long generation) {
        var member = room.member(player).orElseThrow();
        return generation == member.generation()
                ? List.of()
                : List.of(new MemberChanged(room.id(), player, new Member(generation, member.enteredAtMs())));
    }
}
