package io.gamehall.room.domain;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Refused;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Decision.Standing;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole seat rulebook. Pure: no clock, no randomness, no I/O; it reads the partition and changes nothing. */
public final class RoomRules {
    private RoomRules() {}

    public static Decision decide(Partition partition, RoomCommand command) {
        return switch (command) {
            case RoomCommand.AutoEnter enter -> autoEnter(partition, enter);
            case RoomCommand.Enter enter ->
                partition
                        .room(enter.room())
                        .map(room -> enter(partition, room, enter))
                        .orElseGet(() -> refused(Reason.ROOM_NOT_FOUND));
            case RoomCommand.InRoom inRoom -> inRoom(partition, inRoom);
            case RoomCommand.OpenRoom open ->
                partition.room(open.room()).isPresent()
                        ? accepted(List.of(), new Reply.Done())
                        : accepted(List.of(new RoomChanged(open.room(), open.setup())), new Reply.Done());
            case RoomCommand.ConfirmPublished confirm -> confirmPublished(partition, confirm);
        };
    }

    private static Decision autoEnter(Partition partition, RoomCommand.AutoEnter enter) {
        var current = partition.roomOf(enter.player(), enter.game());
        if (current.isPresent()) return reenter(current.get(), enter.player(), enter.generation());
        return partition
                .fullestWithSpace(enter.game())
                .map(room -> letIn(room, enter.player(), new Member(enter.generation(), enter.atMs())))
                .orElseGet(() -> refused(Reason.GAME_FULL));
    }

    private static Decision enter(Partition partition, Room room, RoomCommand.Enter enter) {
        var current = partition.roomOf(enter.player(), room.setup().game());
        if (current.isPresent()) {
            return current.get().id().equals(room.id())
                    ? reenter(room, enter.player(), enter.generation())
                    : refused(Reason.ALREADY_IN_ROOM, "room_id", current.get().id());
        }
        if (!room.setup().open()) return refused(Reason.ROOM_CLOSED);
        if (!room.hasSpace()) {
            return new Refused(
                    Reason.ROOM_FULL,
                    Map.of(
                            "members", Integer.toString(room.memberCount()),
                            "capacity", Integer.toString(room.setup().capacity())));
        }
        return letIn(room, enter.player(), new Member(enter.generation(), enter.atMs()));
    }

    private static Decision letIn(Room room, PlayerId player, Member member) {
        return accepted(
                List.of(new MemberChanged(room.id(), player, member)),
                new Reply.Entered(
                        room.id(), room.memberCount() + 1, room.setup().capacity()));
    }

    /** Who is in already, stays in, with the seat: that is how a player comes back after a lost connection. */
    private static Decision reenter(Room room, PlayerId player, long generation) {
        var member = room.member(player).orElseThrow();
        if (generation < member.generation()) return refused(Reason.SESSION_ENDED);
        return accepted(
                renewal(room, player, generation),
                new Reply.Entered(room.id(), room.memberCount(), room.setup().capacity()));
    }

    private static Decision inRoom(Partition partition, RoomCommand.InRoom command) {
        var found = partition.room(command.room());
        if (found.isEmpty()) return refused(Reason.ROOM_NOT_FOUND);
        var room = found.get();
        var member = room.member(command.player());
        if (member.isEmpty()) return refused(Reason.NOT_IN_ROOM);
        if (command.generation() < member.get().generation()) return refused(Reason.SESSION_ENDED);
        return switch (command) {
            case RoomCommand.Leave leave -> leave(room, leave);
            case RoomCommand.QuickJoin join -> quickJoin(room, join);
            case RoomCommand.Stand stand -> stand(room, stand);
            case RoomCommand.Ready ready -> ready(room, ready);
            case RoomCommand.ReportResult report -> report(room, report);
        };
    }

    /** The seat is given up first: after each of the events nobody sits who is no member. */
    private static Decision leave(Room room, RoomCommand.Leave leave) {
        var events = new ArrayList<>(standing(room, leave.player(), leave.atMs()));
        events.add(new MemberLeft(room.id(), leave.player()));
        return accepted(events, new Reply.Left());
    }

    private static Decision quickJoin(Room room, RoomCommand.QuickJoin join) {
        var seated = room.tableOf(join.player());
        if (seated.isPresent()) return alreadySeated(room, seated.get(), join.player());
        var open = room.fullestOpenTable();
        if (open.isEmpty()) return refused(Reason.NO_FREE_SEAT);
        var table = room.table(open.get());
        int seat = table.firstFreeSeat();
        var events = new ArrayList<>(renewal(room, join.player(), join.generation()));
        events.add(new TableChanged(room.id(), open.get(), table.seat(seat, join.player())));
        return accepted(events, new Reply.Seated(room.id(), open.get(), seat));
    }

    private static Decision alreadySeated(Room room, int table, PlayerId player) {
        return new Refused(
                Reason.ALREADY_SEATED,
                Map.of(
                        "table", Integer.toString(table),
                        "seat",
                                Integer.toString(
                                        room.table(table).seatOf(player).orElseThrow())));
    }

    private static Decision stand(Room room, RoomCommand.Stand stand) {
        var events = standing(room, stand.player(), stand.atMs());
        return events.isEmpty() ? refused(Reason.NOT_SEATED) : accepted(events, new Reply.Stood());
    }

    private static Decision ready(Room room, RoomCommand.Ready ready) {
        var seated = room.tableOf(ready.player());
        if (seated.isEmpty()) return refused(Reason.NOT_SEATED);
        var table = room.table(seated.get());
        if (table.running().isPresent()) return refused(Reason.ROUND_RUNNING);
        var readied = table.ready(ready.player());
        var next = readied.mayStart() ? readied.start() : readied;
        boolean started = next.running().isPresent();
        return accepted(
                next.equals(table) ? List.of() : List.of(new TableChanged(room.id(), seated.get(), next)),
                new Reply.ReadyNoted(started, started ? next.round() : table.round() + 1));
    }

    private static Decision report(Room room, RoomCommand.ReportResult report) {
        if (!room.hasTable(report.table())) return refused(Reason.NOT_IN_ROUND);
        var table = room.table(report.table());
        if (table.round() != report.round()) return refused(Reason.NOT_IN_ROUND);
        if (table.running().isEmpty()) return lateReport(table, report.player());
        var round = table.running().get();
        if (!round.players().contains(report.player())) return refused(Reason.NOT_IN_ROUND);
        if (!round.isScoredBy(report.scores())) return refused(Reason.RESULT_INVALID);
        var mine = new Round.Report(report.player(), report.scores());
        var before = round.reportOf(report.player());
        if (before.isPresent()) {
            return before.get().equals(mine) ? noted(Standing.COUNTED) : refused(Reason.NOT_IN_ROUND);
        }
        var next = table.with(round.with(mine)).settleIfDecided(report.atMs());
        var standing = next.running().isPresent()
                ? Standing.COUNTED
                : standingOf(next.last().orElseThrow());
        return accepted(List.of(new TableChanged(room.id(), report.table(), next)), new Reply.ResultNoted(standing));
    }

    /** The others have settled the round meanwhile: the reporter learns how. */
    private static Decision lateReport(Table table, PlayerId player) {
        return table.last()
                .filter(settled -> settled.players().contains(player))
                .map(settled -> noted(standingOf(settled)))
                .orElseGet(() -> refused(Reason.NOT_IN_ROUND));
    }

    private static Decision confirmPublished(Partition partition, RoomCommand.ConfirmPublished confirm) {
        return partition
                .room(confirm.room())
                .filter(room -> room.hasTable(confirm.table()))
                .map(room -> room.table(confirm.table()))
                .filter(table -> !table.published()
                        && table.last()
                                .filter(it -> it.number() == confirm.round())
                                .isPresent())
                .map(Table::markPublished)
                // Who got ready meanwhile has waited for this.
                .map(table -> table.mayStart() ? table.start() : table)
                .map(table ->
                        accepted(List.of(new TableChanged(confirm.room(), confirm.table(), table)), new Reply.Done()))
                .orElseGet(() -> accepted(List.of(), new Reply.Done()));
    }

    /** Gives up the player's seat, if any. A running round may be decided by that. */
    private static List<RoomEvent> standing(Room room, PlayerId player, long atMs) {
        return room.tableOf(player)
                .<List<RoomEvent>>map(number -> List.of(new TableChanged(
                        room.id(), number, room.table(number).unseat(player).settleIfDecided(atMs))))
                .orElseGet(List::of);
    }

    /** A newer session takes the membership over, so that the older one can't act any more. */
    private static List<RoomEvent> renewal(Room room, PlayerId player, long generation) {
        var member = room.member(player).orElseThrow();
        return generation == member.generation()
                ? List.of()
                : List.of(new MemberChanged(room.id(), player, new Member(generation, member.enteredAtMs())));
    }

    private static Standing standingOf(SettledRound settled) {
        return settled.disputed() ? Standing.DISPUTED : Standing.SETTLED;
    }

    private static Decision noted(Standing standing) {
        return accepted(List.of(), new Reply.ResultNoted(standing));
    }

    private static Decision accepted(List<? extends RoomEvent> events, Reply reply) {
        return new Accepted(List.copyOf(events), reply);
    }

    private static Decision refused(Reason reason) {
        return new Refused(reason, Map.of());
    }

    private static Decision refused(Reason reason, String key, Object value) {
        return new Refused(reason, Map.of(key, value.toString()));
    }
}
