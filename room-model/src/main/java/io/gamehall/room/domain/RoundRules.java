package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.accepted;
import static io.gamehall.room.domain.Decision.refused;

import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Decision.Standing;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import java.util.List;

/** How a round starts and ends. Pure. */
final class RoundRules {
    private RoundRules() {}

    static Decision ready(Room room, RoomCommand.Ready ready) {
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

    static Decision report(Room room, RoomCommand.ReportResult report) {
        if (!room.hasTable(report.table())) return refused(Reason.NOT_IN_ROUND);
        var table = room.table(report.table());
        if (table.round() != report.round()) return refused(Reason.NOT_IN_ROUND);
        if (table.running().isEmpty()) return lateReport(table, report.player());
        var round = table.running().get();
        if (!round.players().contains(report.player())) return refused(Reason.NOT_IN_ROUND);
        if (table.seatOf(report.player()).isEmpty()) return refused(Reason.NOT_IN_ROUND);
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

    static Decision confirmPublished(Partition partition, RoomCommand.ConfirmPublished confirm) {
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

    private static Standing standingOf(SettledRound settled) {
        return settled.disputed() ? Standing.DISPUTED : Standing.SETTLED;
    }

    private static Decision noted(Standing standing) {
        return accepted(List.of(), new Reply.ResultNoted(standing));
    }
}
