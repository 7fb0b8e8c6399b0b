package io.gamehall.hallctl.drill.check;

import static io.gamehall.hallctl.drill.history.Call.NONE;

import io.gamehall.hallctl.drill.check.Step.Kind;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.gamehall.room.journal.PartitionReplica;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One partition's journal, read as every follower reads it, with what each believed record changed for whom. After each
 * record it looks at what must never be; it keeps its own books for that and does not trust the replica's. Confined to
 * one thread.
 */
final class PartitionTrace {
    private final int partition;
    private final PartitionReplica replica = new PartitionReplica();
    private final Map<Long, Set<String>> roomsOf = new HashMap<>();
    private final Map<Long, Set<String>> seatsOf = new HashMap<>();
    private final Map<RoundId, SettledRound> settled = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Ownership> ownerships = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private long dropped;

    PartitionTrace(int partition) {
        this.partition = partition;
    }

    void read(Entry entry) {
        var event = entry.record().content() instanceof io.gamehall.room.journal.JournalRecord.Content.Happened happened
                ? Optional.of(happened.event())
                : Optional.<RoomEvent>empty();
        boolean wasMember = event.map(this::isMember).orElse(false);
        var before = event.flatMap(this::tableOf);
        switch (replica.read(entry.offset(), entry.record())) {
            case Reading.Applied applied -> applied(entry, applied.event(), wasMember, before);
            case Reading.NewOwner owner ->
                ownerships.add(new Ownership(
                        partition,
                        owner.term(),
                        owner.claim().instance(),
                        owner.claim().endpoint(),
                        entry.atMs()));
            case Reading.Dropped _ -> dropped++;
            default -> {
                // The owner says again what is known.
            }
        }
    }

    private void applied(Entry entry, RoomEvent event, boolean wasMember, Optional<Table> before) {
        if (event instanceof RoomEvent.MemberChanged member && !wasMember && isMember(event)) {
            entered(entry, member.room(), member.player());
        } else if (event instanceof RoomEvent.MemberLeft left && wasMember) {
            step(entry, Kind.LEFT, left.player(), left.room(), NONE, NONE, 0);
            roomsOf.getOrDefault(left.player().value(), new HashSet<>())
                    .remove(left.room().value());
            var seats = seatsOf.getOrDefault(left.player().value(), Set.of());
            if (seats.stream().anyMatch(seat -> seat.startsWith(left.room() + "/"))) {
                doubled(left.player(), entry, "left " + left.room() + " and still sits there");
            }
        } else if (event instanceof RoomEvent.TableChanged changed) {
            tableOf(event)
                    .ifPresent(after ->
                            tableChanged(entry, changed.room(), changed.number(), before.orElse(empty(after)), after));
        }
    }

    private void entered(Entry entry, RoomId id, PlayerId player) {
        step(entry, Kind.ENTERED, player, id, NONE, NONE, 0);
        var room = replica.state().room(id).orElseThrow();
        if (room.memberCount() > room.setup().capacity()) {
            violations.add(new Violation(
                    Violation.Kind.OVER_CAP,
                    player.value(),
                    entry.atMs(),
                    id + " holds " + room.memberCount() + " of " + room.setup().capacity() + " " + at(entry)));
        }
        var mine = roomsOf.computeIfAbsent(player.value(), any -> new HashSet<>());
        for (var other : mine) {
            if (game(other).equals(game(id.value()))) {
                doubled(player, entry, "entered " + id + " and is in " + other + ", too");
            }
        }
        mine.add(id.value());
    }

    private void tableChanged(Entry entry, RoomId room, int number, Table before, Table after) {
        for (int seat = 0; seat < after.chairs().size(); seat++) stood(entry, room, number, seat, before, after);
        for (int seat = 0; seat < after.chairs().size(); seat++) seated(entry, room, number, seat, before, after);
        after.running().ifPresent(round -> {
            boolean same = before.running().isPresent() && before.round() == after.round();
            if (!same) {
                round.players().forEach(player -> step(entry, Kind.STARTED, player, room, number, NONE, after.round()));
            }
            for (var report : round.reports()) {
                boolean known = same
                        && before.running().orElseThrow().reports().stream()
                                .anyMatch(other -> other.by().equals(report.by()));
                if (!known) step(entry, Kind.REPORTED, report.by(), room, number, NONE, after.round());
            }
        });
        after.last().ifPresent(round -> settled(entry, new RoundId(room.value(), number, round.number()), round));
    }

    private void stood(Entry entry, RoomId room, int number, int seat, Table before, Table after) {
        var was = before.chairs().get(seat).map(chair -> chair.player());
        var is = after.chairs().get(seat).map(chair -> chair.player());
        if (was.isEmpty() || was.equals(is)) return;
        step(entry, Kind.STOOD, was.get(), room, number, seat, 0);
        seatsOf.getOrDefault(was.get().value(), new HashSet<>()).remove(seat(room, number, seat));
    }

    private void seated(Entry entry, RoomId room, int number, int seat, Table before, Table after) {
        var was = before.chairs().get(seat);
        var is = after.chairs().get(seat);
        if (is.isEmpty()) return;
        var player = is.get().player();
        boolean same = was.isPresent() && was.get().player().equals(player);
        if (!same) {
            step(entry, Kind.SEATED, player, room, number, seat, 0);
            var mine = seatsOf.computeIfAbsent(player.value(), any -> new HashSet<>());
            mine.add(seat(room, number, seat));
            var here = mine.stream()
                    .filter(it -> game(it).equals(game(room.value())))
                    .toList();
            if (here.size() > 1) doubled(player, entry, "sits on several seats: " + here);
            if (!replica.state().room(room).orElseThrow().member(player).isPresent()) {
                doubled(player, entry, "sits in " + room + " without being in the room");
            }
        } else if (is.get().ready() && !was.get().ready()) {
            step(entry, Kind.READIED, player, room, number, seat, 0);
        }
    }

    private void settled(Entry entry, RoundId id, SettledRound round) {
        var before = settled.putIfAbsent(id, round);
        if (before == null) {
            round.players()
                    .forEach(player ->
                            step(entry, Kind.SETTLED, player, new RoomId(id.room()), id.table(), NONE, id.number()));
        } else if (!before.equals(round)) {
            violations.add(new Violation(
                    Violation.Kind.DOUBLED,
                    0,
                    entry.atMs(),
                    "round " + id + " was settled twice: " + before + " and " + round + " " + at(entry)));
        }
    }

    private void step(Entry entry, Kind kind, PlayerId player, RoomId room, int table, int seat, long round) {
        steps.add(new Step(
                kind, player.value(), partition, entry.offset(), entry.atMs(), room.value(), table, seat, round));
    }

    private void doubled(PlayerId player, Entry entry, String what) {
        violations.add(new Violation(Violation.Kind.DOUBLED, player.value(), entry.atMs(), what + " " + at(entry)));
    }

    private String at(Entry entry) {
        return "(partition " + partition + ", offset " + entry.offset() + ", term "
                + entry.record().term() + ")";
    }

    private boolean isMember(RoomEvent event) {
        var player =
                switch (event) {
                    case RoomEvent.MemberChanged changed -> Optional.of(changed.player());
                    case RoomEvent.MemberLeft left -> Optional.of(left.player());
                    default -> Optional.<PlayerId>empty();
                };
        return replica.state()
                .room(event.room())
                .flatMap(room -> player.flatMap(room::member))
                .isPresent();
    }

    private Optional<Table> tableOf(RoomEvent event) {
        return event instanceof RoomEvent.TableChanged changed
                ? replica.state()
                        .room(changed.room())
                        .filter(room -> room.hasTable(changed.number()))
                        .map(room -> room.table(changed.number()))
                : Optional.empty();
    }

    private static Table empty(Table like) {
        return Table.empty(like.chairs().size());
    }

    /** Rooms are called after their game: {@code upgrade-001}; seats after their room. */
    private String game(String roomOrSeat) {
        var room = new RoomId(roomOrSeat.split("/")[0]);
        return replica.state().room(room).map(it -> it.setup().game()).orElse("");
    }

    private static String seat(RoomId room, int table, int seat) {
        return room + "/" + table + "/" + seat;
    }

    PartitionReplica replica() {
        return replica;
    }

    List<Step> steps() {
        return steps;
    }

    List<Ownership> ownerships() {
        return ownerships;
    }

    List<Violation> violations() {
        return violations;
    }

    Map<RoundId, SettledRound> settled() {
        return settled;
    }

    /** Records that nobody believes: a stale owner's, a lost claim. */
    long dropped() {
        return dropped;
    }
}
