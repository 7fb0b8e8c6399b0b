package io.gamehall.room.owner;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.PartitionReplica;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One partition, its log, and several processes that would own it, in virtual time and one thread: a seed gives the
 * same history each time. Processes crash, pause (and wake up at the worst moment), append late, read late; the group
 * moves the right to claim at any time, also to a process while the paused one before it still believes to have it.
 *
 * <p>{@link #truth} reads each record the moment it stands in the log: what it believes is what is true.
 */
final class SimulatedRegion {
    static final RoomId ROOM = new RoomId("doudizhu-001");
    static final int CAPACITY = 6;
    private static final int PLAYERS = 10;

    final long seed;
    private final Random dice;
    private final List<JournalRecord> log = new ArrayList<>();
    private final PartitionReplica truth = new PartitionReplica();
    private final Set<RoomEvent> believed = Collections.newSetFromMap(new IdentityHashMap<>());
    /** After each record of the log: whether the room was full, and whether no seat was free. */
    private final List<Boolean> fullAfter = new ArrayList<>(List.of(false));

    private final List<Process> processes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> publishedRounds = new HashSet<>();
    private long nowMs = 1_000_000;
    private int right = -1;
    private long nonces;
    int acknowledged;
    int refused;

    SimulatedRegion(long seed, int size) {
        this.seed = seed;
        this.dice = new Random(seed);
        for (int i = 0; i < size; i++) processes.add(new Process("room-" + i));
    }

    /** One life of a process; a restart is a new one. */
    private final class Process implements Journal, GameResults {
        final String name;
        PartitionOwner owner;
        ArrayDeque<JournalRecord> inFlight = new ArrayDeque<>();
        int position;
        long lastPollMs = nowMs;
        boolean paused;
        boolean toldOfLoss = true;
        boolean believesToBeAssigned;

        Process(String name) {
            this.name = name;
            boot();
        }

        void boot() {
            position = 0;
            paused = false;
            believesToBeAssigned = false;
            inFlight = new ArrayDeque<>();
            var rooms = List.of(new RoomCommand.OpenRoom(ROOM, RoomSetup.withTablesForAll("doudizhu", 3, CAPACITY)));
            owner = new PartitionOwner(
                    0,
                    this,
                    this,
                    new PartitionOwner.Settings(name, name + ":1", () -> "n" + nonces++, rooms, 50, 100),
                    () -> nowMs);
        }

        @Override
        public void append(int partition, long term, RoomEvent event) {
            inFlight.add(new JournalRecord(term, JournalCodec.key(event), new JournalRecord.Content.Happened(event)));
        }

        @Override
        public void claim(int partition, long term, OwnerClaim claim) {
            inFlight.add(new JournalRecord(term, JournalCodec.OWNER, new JournalRecord.Content.Claimed(claim)));
        }

        @Override
        public CompletionStage<Long> end(int partition) {
            return CompletableFuture.completedFuture((long) log.size());
        }

        @Override
        public boolean isFresh() {
            return nowMs - lastPollMs < 1_000;
        }

        @Override
        public CompletionStage<Void> publish(int partition, String game, RoomId room, int table, SettledRound round) {
            if (dice.nextInt(4) == 0) return CompletableFuture.failedFuture(new IllegalStateException("broker away"));
            publishedRounds.add(room + "/" + table + "/" + round.number());
            return CompletableFuture.completedFuture(null);
        }
    }

    void run(int steps) {
        for (int step = 0; step < steps && complaints.isEmpty(); step++) step();
        if (complaints.isEmpty()) settle();
    }

    List<String> complaints() {
        return complaints;
    }

    private void step() {
        nowMs += dice.nextInt(40);
        var process = processes.get(dice.nextInt(processes.size()));
        int roll = dice.nextInt(1_000);
        if (roll < 300) submit(right >= 0 && dice.nextInt(4) > 0 ? processes.get(right) : process);
        else if (roll < 550) deliver(process, 1 + dice.nextInt(6));
        else if (roll < 900) poll(process, 1 + dice.nextInt(9));
        else if (roll < 970) tick(process);
        else if (roll < 978) moveRight(dice.nextInt(processes.size()));
        else if (roll < 984) process.paused = true;
        else if (roll < 996) wake(process);
        else crash(process);
    }

    private void submit(Process process) {
        if (process.paused) return;
        var requestId = dice.nextInt(5) == 0 ? "r" + dice.nextInt(30) : "";
        // A refusal may be as old as what the owner has read (that it polls at least each second bounds the age), and
        // that of a repeated request as old as its first answer.
        int from = requestId.isEmpty() ? process.position : 0;
        guarded(process, () -> process.owner.submit(command(), requestId).whenComplete((decision, failure) -> {
            if (failure == null) check(decision, from);
        }));
    }

    private RoomCommand command() {
        var player = new PlayerId(1 + dice.nextInt(PLAYERS));
        return switch (dice.nextInt(7)) {
            case 0 -> new RoomCommand.AutoEnter("doudizhu", player, 1, nowMs);
            case 1 -> new RoomCommand.Enter(ROOM, player, 1, nowMs);
            case 2 -> new RoomCommand.QuickJoin(ROOM, player, 1);
            case 3 ->
                dice.nextInt(3) == 0
                        ? new RoomCommand.Leave(ROOM, player, 1, nowMs)
                        : new RoomCommand.Stand(ROOM, player, 1, nowMs);
            case 4, 5 -> new RoomCommand.Ready(ROOM, player, 1);
            default -> report(player);
        };
    }

    /** What a player of the first running round would report; sometimes players disagree. */
    private RoomCommand report(PlayerId player) {
        var room = truth.state().room(ROOM);
        if (room.isEmpty()) return new RoomCommand.Ready(ROOM, player, 1);
        for (int table = 0; table < room.get().setup().tables(); table++) {
            var running = room.get().table(table).running();
            if (running.isEmpty()) continue;
            var players = running.get().players();
            int odd = dice.nextInt(6) == 0 ? 1 : 0;
            var scores = players.stream()
                    .map(it -> new Score(it, (int) it.value() + odd))
                    .toList();
            return new RoomCommand.ReportResult(
                    ROOM,
                    players.get(dice.nextInt(players.size())),
                    1,
                    table,
                    room.get().table(table).round(),
                    scores,
                    nowMs);
        }
        return new RoomCommand.Ready(ROOM, player, 1);
    }

    private void check(Decision decision, int from) {
        switch (decision) {
            case Decision.Accepted accepted -> {
                acknowledged++;
                for (var event : accepted.events()) {
                    if (!believed.contains(event)) complaints.add("Acknowledged but not true: " + event);
                }
            }
            case Decision.Refused(var reason, var particulars) -> {
                refused++;
                if (reason == Decision.Reason.ROOM_FULL
                        && !fullAfter.subList(from, fullAfter.size()).contains(true)) {
                    complaints.add("Refused with ROOM_FULL while never full: " + particulars);
                }
            }
        }
    }

    private void deliver(Process process, int count) {
        for (int i = 0; i < count && !process.inFlight.isEmpty(); i++) enterLog(process.inFlight.poll());
    }

    private void enterLog(JournalRecord record) {
        var reading = truth.read(log.size(), record);
        log.add(record);
        if (reading instanceof Reading.Applied(var event)) believed.add(event);
        var room = truth.state().room(ROOM);
        room.ifPresent(it -> complaints.addAll(it.violations()));
        fullAfter.add(room.filter(it -> it.memberCount() >= CAPACITY).isPresent());
        room.ifPresent(this::checkPublished);
    }

    private void checkPublished(Room room) {
        for (int table = 0; table < room.setup().tables(); table++) {
            var now = room.table(table);
            if (now.published()
                    && now.last().isPresent()
                    && !publishedRounds.contains(
                            ROOM + "/" + table + "/" + now.last().get().number())) {
                complaints.add("Round counts as published but is not: " + now);
            }
        }
    }

    private void poll(Process process, int count) {
        if (process.paused) return;
        process.lastPollMs = nowMs;
        tellOfLoss(process);
        guarded(process, () -> {
            for (int i = 0; i < count && process.position < log.size(); i++) {
                process.owner.read(process.position, log.get(process.position++));
            }
            process.owner.readUpTo(process.position);
        });
    }

    private void tick(Process process) {
        if (!process.paused) guarded(process, process.owner::tick);
    }

    private void moveRight(int to) {
        if (right == to) return;
        if (right >= 0) {
            var before = processes.get(right);
            before.believesToBeAssigned = false;
            if (before.paused) before.toldOfLoss = false;
            else guarded(before, before.owner::revoked);
        }
        right = to;
        var next = processes.get(to);
        if (next.paused) return;
        assign(next);
    }

    /** A process that slept through the loss of its right learns of it before anything else. */
    private void tellOfLoss(Process process) {
        if (process.toldOfLoss) return;
        process.toldOfLoss = true;
        guarded(process, process.owner::revoked);
    }

    private void assign(Process process) {
        tellOfLoss(process);
        process.believesToBeAssigned = true;
        guarded(process, process.owner::assigned);
    }

    private void wake(Process process) {
        process.paused = false;
        if (right >= 0 && processes.get(right) == process && !process.believesToBeAssigned) assign(process);
    }

    /** What was in flight may still reach the log, up to some point, and at some time later. */
    private void crash(Process process) {
        var late = new ArrayDeque<JournalRecord>();
        int some = process.inFlight.isEmpty() ? 0 : dice.nextInt(process.inFlight.size() + 1);
        for (int i = 0; i < some; i++) late.add(process.inFlight.poll());
        boolean hadRight = right >= 0 && processes.get(right) == process;
        process.boot();
        process.toldOfLoss = true;
        late.forEach(this::enterLog);
        if (hadRight) right = -1;
    }

    /** Everybody lives, everything arrives, one process has the right: all must come to the same state. */
    private void settle() {
        processes.forEach(process -> process.paused = false);
        if (right < 0) moveRight(0);
        for (var process : processes) wake(process);
        for (int round = 0; round < 60 && complaints.isEmpty(); round++) {
            nowMs += 500;
            for (var process : processes) {
                deliver(process, Integer.MAX_VALUE);
                poll(process, Integer.MAX_VALUE);
                tick(process);
            }
        }
        var owner = processes.get(right).owner;
        if (complaints.isEmpty() && !owner.status().owned()) complaints.add("Nobody owns the partition in the end");
        for (var process : processes) {
            if (!process.owner.isSettled()) complaints.add("A reply is still parked at " + process.name);
        }
    }

    private void guarded(Process process, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException bug) {
            complaints.add("A bug in " + process.name + ": " + bug);
        }
    }
}
