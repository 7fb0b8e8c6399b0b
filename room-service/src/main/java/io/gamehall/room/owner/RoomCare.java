package io.gamehall.room.owner;

import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What the clock and the presence of players ask for in a partition's rooms. Confined to the partition's thread;
 * decides nothing: it says which commands are due.
 */
final class RoomCare {
    /** Players taken out at one time: the rest follow with the next look. */
    private static final int REMOVED_MAX = 200;
    /** Who is absent is looked at this often. */
    private static final long LOOK_MS = 1_000;
    /** When nobody looked for that long, this process was stopped, and gateways could not vouch. */
    private static final long STOPPED_MS = 2_000;

    private final Presence presence;
    private final long absenceMaxMs;
    private final long hostAwayMaxMs;
    private long visitedMs;
    private long lookedMs;

    /** Something that is due, and what the player is told of it. */
    record Need(RoomCommand command, Optional<PlayerNotice> notice) {
        Need(RoomCommand command) {
            this(command, Optional.empty());
        }
    }

    RoomCare(Presence presence, long absenceMaxMs, long hostAwayMaxMs) {
        this.presence = presence;
        this.absenceMaxMs = absenceMaxMs;
        this.hostAwayMaxMs = hostAwayMaxMs;
    }

    /** What is due now; to be called a few times a second while the partition is owned. */
    List<Need> needs(Partition rooms, long nowMs) {
        if (nowMs - visitedMs > STOPPED_MS) presence.begin(nowMs);
        visitedMs = nowMs;
        boolean look = nowMs - lookedMs >= LOOK_MS;
        if (look) {
            lookedMs = nowMs;
            presence.prune(nowMs, absenceMaxMs);
        }
        var needs = new ArrayList<Need>();
        for (var room : rooms.rooms()) {
            if (room.hasReservations() || room.admitsWaiter()) needs.add(new Need(advance(room, nowMs)));
            if (isDrained(room, nowMs)) remove(room, room.members(), PlayerNotice.Cause.CLOSED, nowMs, needs);
            else if (look) lookAt(room, nowMs, needs);
        }
        return needs;
    }

    private static RoomCommand advance(Room room, long nowMs) {
        return new RoomCommand.Advance(room.id(), nowMs);
    }

    private static boolean isDrained(Room room, long nowMs) {
        var setup = room.setup();
        return !setup.open() && setup.drainByMs() > 0 && nowMs >= setup.drainByMs() && room.memberCount() > 0;
    }

    private void lookAt(Room room, long nowMs, List<Need> needs) {
        var away = room.absent(player -> presence.isWithin(player, nowMs, hostAwayMaxMs));
        if (away.isEmpty()) return;
        var gone = away.stream()
                .filter(player -> !presence.isWithin(player, nowMs, absenceMaxMs))
                .toList();
        remove(room, gone, PlayerNotice.Cause.ABSENT, nowMs, needs);
        var all = new HashSet<>(away);
        for (var player : away) {
            room.tableOf(player)
                    .filter(table -> room.table(table).host().player().equals(Optional.of(player)))
                    .ifPresent(table -> needs.add(new Need(new RoomCommand.ElectHost(room.id(), table, all))));
        }
    }

    private static void remove(
            Room room, List<PlayerId> players, PlayerNotice.Cause cause, long nowMs, List<Need> needs) {
        players.stream()
                .limit(Math.max(0, REMOVED_MAX - needs.size()))
                .forEach(player -> needs.add(new Need(
                        new RoomCommand.Remove(room.id(), player, nowMs),
                        Optional.of(new PlayerNotice.RoomLeft(player, room.id(), cause, nowMs)))));
    }
}
