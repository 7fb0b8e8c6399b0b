package io.gamehall.room.owner;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.Seat;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.PartitionReplica;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One partition, its log, and several processes that would own it, in virtual time and one thread: a seed gives the
 * same history each time. Processes crash, pause (and wake up at the worst moment), append late, read late, hand over;
 * the group moves the right to claim at any time, also to a process while the paused one before it still believes to
 * have it; claims stand in the log twice; the log is compacted whenever that is legal.
 *
 * <p>{@link #truth} reads each record the moment it stands in the log: what it believes is what is true.
 */
final class SimulatedRegion {
    static final RoomId ROOM = new RoomId("doudizhu-001");
    static final RoomId OTHER_ROOM = new RoomId("doudizhu-002");
    private static final List<RoomId> ROOMS = List.of(ROOM, OTHER_ROOM);
    private static final int CAPACITY = 5;
    private static final int SEATS = 3;
    private static final int PLAYERS = 12;

    /** What is left out, to see whether anybody notices. */
    enum Mutation {
        NONE,
        /** Owners answer as soon as they have appended, as if they had read their records back. */
        NO_READ_BACK,
        /** Records of lower terms are believed. */
        STALE_TERMS_BELIEVED,
        /** Keys whose newest record nobody believes are not written again. */
        NO_REPAIR
    }

    private final Mutation mutation;
    private final Random dice;
    private final SimulatedLog log = new SimulatedLog();
    private final PartitionReplica truth = new PartitionReplica();
    private final Set<RoomEvent> believed = Collections.newSetFromMap(new IdentityHashMap<>());
    /** For each room, after each record of the log: whether it was full. */
    private final Map<RoomId, List<Boolean>> fullAfter = new HashMap<>();

    private final Map<Asked, FirstAnswer> firstAnswers = new HashMap<>();
    private final List<ChatLine> chatLog = new ArrayList<>();
    private final ChatHistory chatTruth = new ChatHistory();
    private final Set<ChatLine> chatBelieved = new HashSet<>();

    private final List<Process> processes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> publishedRounds = new HashSet<>();
    private long nowMs = 1_000_000;
    private int right = -1;
    private long nonces;
    int acknowledged;
    int refused;
    int repeated;
    int compacted;
    int handedOver;

    private record Asked(PlayerId player, String requestId) {}

    private record FirstAnswer(Decision.Reply reply, RoomEvent event) {}

    /** A record that a mutated process believes to have written. */
    private record Phantom(long offset, JournalRecord record) {}

    SimulatedRegion(long seed, int size, Mutation mutation) {
        this.dice = new Random(seed);
        this.mutation = mutation;
        ROOMS.forEach(room -> fullAfter.put(room, new ArrayList<>(List.of(false))));
        for (int i = 0; i < size; i++) processes.add(new Process("room-" + i));
    }

    /** One life of a process; a restart is a new one. */
    private final class Process implements Journal, GameResults, RoomChat, PlayerNotices {
        final String name;
        PartitionOwner owner;
        PartitionReplica mirror;
        ChatHistory history;
        ArrayDeque<JournalRecord> inFlight;
        ArrayDeque<Phantom> phantoms;
        ArrayDeque<JournalRecord> ownRecords;
        long position;
        long bootEnd;
        int chatPosition;
        boolean caughtUp;
        boolean reading;
        long markEnd = -1;
        long markMs;
        boolean paused;
        boolean toldOfLoss = true;
        boolean believesToBeAssigned;

        Process(String name) {
            this.name = name;
            boot();
        }

        void boot() {
            position = 0;
            bootEnd = log.end();
            chatPosition = 0;
            caughtUp = false;
            markEnd = -1;
            paused = false;
            believesToBeAssigned = false;
            inFlight = new ArrayDeque<>();
            phantoms = new ArrayDeque<>();
            ownRecords = new ArrayDeque<>();
            mirror = new PartitionReplica();
            history = new ChatHistory();
            var setup = RoomSetup.withTablesForAll("doudizhu", SEATS, CAPACITY);
            owner = new PartitionOwner(
                    0,
                    new PartitionOwner.Ports(this, this, this, this, history),
                    new PartitionOwner.Settings(
                            name,
                            name + ":1",
                            () -> "n" + nonces++,
                            () -> nowMs * 1_000_000,
                            ROOMS.stream()
                                    .map(room -> new RoomCommand.EnsureRoom(room, setup))
                                    .toList(),
                            50,
                            1_000,
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(1)),
                    () -> nowMs);
        }

        @Override
        public void append(int partition, long term, RoomEvent event, Optional<Answer> answer) {
            write(new JournalRecord(term, JournalCodec.key(event), new JournalRecord.Content.Happened(event), answer));
        }

        @Override
        public void claim(int partition, long term, OwnerClaim claim) {
            write(new JournalRecord(term, JournalCodec.OWNER, new JournalRecord.Content.Claimed(claim)));
        }

        private void write(JournalRecord record) {
            boolean repair = reading && mirror.staleKeys().contains(record.key()) && record.term() == mirror.term();
            if (mutation == Mutation.NO_REPAIR && repair) phantoms.add(new Phantom(-1, record));
            else if (mutation == Mutation.NO_READ_BACK && record.term() == mirror.term()) {
                inFlight.add(record);
                ownRecords.add(record);
            } else inFlight.add(record);
        }

        @Override
        public CompletionStage<Long> end(int partition) {
            return CompletableFuture.completedFuture(log.end());
        }

        @Override
        public CompletionStage<Void> publish(int partition, String game, RoomId room, int table, SettledRound round) {
            if (dice.nextInt(4) == 0) return CompletableFuture.failedFuture(new IllegalStateException("broker away"));
            publishedRounds.add(room + "/" + table + "/" + round.number());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> append(int partition, ChatLine line) {
            if (dice.nextInt(8) == 0) return CompletableFuture.failedFuture(new IllegalStateException("broker away"));
            chatLog.add(line);
            if (chatTruth.add(line)) chatBelieved.add(line);
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Void> publish(int partition, PlayerNotice notice, String requestId) {
            return CompletableFuture.completedFuture(null);
        }

        /** With the read-back left out: what was just appended counts as read. */
        void believeOwnRecords() {
            while (!ownRecords.isEmpty()) hand(mirror.nextOffset(), ownRecords.poll());
            owner.readUpTo(mirror.nextOffset());
        }

        void hand(long offset, JournalRecord record) {
            reading = true;
            mirror.read(offset, record);
            owner.read(offset, record);
            reading = false;
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
        // The group does not leave a partition to nobody for long.
        if (right < 0 && dice.nextInt(20) == 0) moveRight(dice.nextInt(processes.size()));
        int roll = dice.nextInt(1_000);
        if (roll < 300) submit(right >= 0 && dice.nextInt(4) > 0 ? processes.get(right) : process);
        else if (roll < 550) deliver(process, 1 + dice.nextInt(6));
        else if (roll < 890) poll(process, 1 + dice.nextInt(9));
        else if (roll < 950) tick(process);
        else if (roll < 965) compact();
        else if (roll < 972) handOver(process);
        else if (roll < 979) moveRight(dice.nextInt(processes.size()));
        else if (roll < 985) process.paused = true;
        else if (roll < 996) wake(process);
        else crash(process);
    }

    private void submit(Process process) {
        if (process.paused) return;
        var requestId = dice.nextInt(3) == 0 ? "r" + dice.nextInt(4) : "";
        // A refusal may be as old as what the owner has read (that it polls at least each second bounds the age), and
        // that of a repeated request as old as its first answer.
        long from = requestId.isEmpty() ? process.position : 0;
        var command = command();
        guarded(process, () -> {
            process.owner.submit(command, requestId, 0).whenComplete((decision, failure) -> {
                if (failure == null) check(command, requestId, decision, from);
            });
            process.believeOwnRecords();
        });
    }

    private RoomCommand command() {
        var player = player();
        var room = dice.nextInt(4) == 0 ? OTHER_ROOM : ROOM;
        var seat = new Seat(dice.nextInt(3), dice.nextInt(SEATS));
        return switch (dice.nextInt(20)) {
            case 0, 1 -> new RoomCommand.AutoEnter("doudizhu", player, 1, nowMs);
            case 2, 3, 4 -> new RoomCommand.Enter(room, player, 1, dice.nextBoolean(), nowMs);
            case 5, 6 -> new RoomCommand.QuickJoin(room, player, 1, nowMs);
            case 7 -> new RoomCommand.Sit(room, player, 1, seat, nowMs);
            case 8, 9 -> new RoomCommand.Swap(room, player, 1, seat, nowMs);
            case 10 -> new RoomCommand.Leave(room, player, 1, nowMs);
            case 11 -> new RoomCommand.Stand(room, player, 1, nowMs);
            case 12, 13, 14 -> new RoomCommand.Ready(room, player, 1, nowMs);
            case 15, 16 -> report(player);
            case 17 -> {
                var friend = other(player);
                yield dice.nextBoolean()
                        ? new RoomCommand.SitTogether(room, player, 1, List.of(friend), nowMs)
                        : new RoomCommand.Reserve(room, player, 1, List.of(friend), 1 + dice.nextInt(2), nowMs);
            }
            case 18 -> new RoomCommand.Say(room, player, 1, "hello", nowMs);
            default -> keeping(room);
        };
    }

    private RoomCommand keeping(RoomId room) {
        return switch (dice.nextInt(6)) {
            case 0 -> new RoomCommand.CloseRoom(room, nowMs + dice.nextInt(500));
            case 1 -> new RoomCommand.ChangeCapacity(room, 3 + dice.nextInt(4));
            default -> new RoomCommand.OpenRoom(room, RoomSetup.withTablesForAll("doudizhu", SEATS, CAPACITY));
        };
    }

    private PlayerId player() {
        return new PlayerId(1 + dice.nextInt(PLAYERS));
    }

    private PlayerId other(PlayerId player) {
        return new PlayerId(1 + (player.value() + dice.nextInt(PLAYERS - 1)) % PLAYERS);
    }

    /** What a player of the first running round would report; sometimes players disagree. */
    private RoomCommand report(PlayerId player) {
        var room = truth.state().room(ROOM);
        if (room.isEmpty()) return new RoomCommand.Ready(ROOM, player, 1, nowMs);
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
        return new RoomCommand.Ready(ROOM, player, 1, nowMs);
    }

    private void check(RoomCommand command, String requestId, Decision decision, long from) {
        switch (decision) {
            case Decision.Accepted accepted -> {
                acknowledged++;
                for (var event : accepted.events()) {
                    if (!believed.contains(event)) complaints.add("Acknowledged but not true: " + event);
                }
                if (accepted.reply() instanceof Decision.Reply.Said said) checkSaid(said);
                else if (!requestId.isEmpty() && command instanceof RoomCommand.ByPlayer byPlayer) {
                    checkRepeated(new Asked(byPlayer.player(), requestId), accepted);
                }
            }
            case Decision.Refused(var reason, var particulars) -> {
                refused++;
                if (reason == Decision.Reason.ROOM_FULL
                        && command instanceof RoomCommand.Enter enter
                        && !fullAfter
                                .get(enter.room())
                                .subList((int) from, (int) log.end() + 1)
                                .contains(true)) {
                    complaints.add("Refused with ROOM_FULL while never full: " + particulars);
                }
            }
        }
    }

    private void checkSaid(Decision.Reply.Said said) {
        if (chatBelieved.stream().noneMatch(line -> line.sequence() == said.sequence())) {
            complaints.add("Said but not to be read: " + said);
        }
    }

    /** The first answer that changed something stands, whoever the owner is, as long as the log holds it. */
    private void checkRepeated(Asked asked, Decision.Accepted answer) {
        var first = firstAnswers.get(asked);
        if (first == null || !log.holds(first.event())) {
            if (!answer.events().isEmpty()) {
                firstAnswers.put(
                        asked, new FirstAnswer(answer.reply(), answer.events().getLast()));
            }
        } else {
            repeated++;
            if (!first.reply().equals(answer.reply())) {
                complaints.add("First answered " + first.reply() + ", then " + answer.reply());
            }
        }
    }

    private void deliver(Process process, int count) {
        for (int i = 0; i < count && !process.inFlight.isEmpty(); i++) {
            var record = process.inFlight.poll();
            enterLog(record);
            boolean claim = record.content() instanceof JournalRecord.Content.Claimed(var it) && !it.restated();
            if (claim && dice.nextInt(4) == 0) enterLog(record);
        }
        // What a mutated process believes to have written stands, for it, at this place.
        for (var left = process.phantoms.iterator(); left.hasNext(); ) {
            if (left.next().offset() >= 0) continue;
            process.phantoms = settled(process.phantoms);
            break;
        }
    }

    private ArrayDeque<Phantom> settled(ArrayDeque<Phantom> phantoms) {
        var placed = new ArrayDeque<Phantom>();
        phantoms.forEach(it -> placed.add(it.offset() >= 0 ? it : new Phantom(log.end(), it.record())));
        return placed;
    }

    private void enterLog(JournalRecord record) {
        boolean enters = record.content() instanceof JournalRecord.Content.Happened(RoomEvent.MemberChanged changed)
                && truth.state()
                        .room(changed.room())
                        .filter(room -> room.member(changed.player()).isEmpty())
                        .isPresent();
        var reading = truth.read(log.end(), record);
        log.add(record);
        if (reading instanceof Reading.Applied(var event)) {
            believed.add(event);
            if (enters) checkCapacity(event.room());
        }
        for (var room : truth.state().rooms()) {
            complaints.addAll(room.violations());
            checkPublished(room);
        }
        for (var id : ROOMS) {
            fullAfter
                    .get(id)
                    .add(truth.state().room(id).filter(room -> !room.hasSpace()).isPresent());
        }
        for (int player = 1; player <= PLAYERS; player++) {
            var id = new PlayerId(player);
            long in = truth.state().rooms().stream()
                    .filter(room -> room.member(id).isPresent())
                    .count();
            if (in > 1) complaints.add(id + " is in two rooms of the game");
        }
    }

    private void checkCapacity(RoomId id) {
        var room = truth.state().room(id).orElseThrow();
        if (room.population() > room.setup().capacity()) {
            complaints.add("Entered over the capacity: " + room.population() + " in " + room.setup());
        }
    }

    private void checkPublished(Room room) {
        for (int table = 0; table < room.setup().tables(); table++) {
            var now = room.table(table);
            if (now.published()
                    && now.last().isPresent()
                    && !publishedRounds.contains(
                            room.id() + "/" + table + "/" + now.last().get().number())) {
                complaints.add("Round counts as published but is not: " + now);
            }
        }
    }

    private void poll(Process process, int count) {
        if (process.paused) return;
        if (process.markEnd < 0) {
            process.markEnd = log.end();
            process.markMs = nowMs;
        }
        tellOfLoss(process);
        guarded(process, () -> {
            for (int i = 0; i < count; i++) {
                while (!process.phantoms.isEmpty()
                        && process.phantoms.peek().offset() >= 0
                        && process.phantoms.peek().offset() <= process.position) {
                    process.hand(process.position - 1, process.phantoms.poll().record());
                }
                var next = log.from(process.position);
                if (next.isEmpty()) {
                    process.position = log.end();
                    break;
                }
                process.position = next.get().offset() + 1;
                read(process, next.get().offset(), next.get().record());
            }
            process.owner.readUpTo(process.position);
            process.believeOwnRecords();
            if (process.position >= process.markEnd) {
                process.markEnd = -1;
                process.owner.upToDate(process.markMs * 1_000_000);
            }
            if (!process.caughtUp && process.position >= process.bootEnd) {
                process.caughtUp = true;
                process.owner.caughtUp();
            }
            while (process.chatPosition < chatLog.size()) {
                var line = chatLog.get(process.chatPosition++);
                if (process.history.add(line)) process.owner.heard(line);
            }
        });
    }

    private void read(Process process, long offset, JournalRecord record) {
        switch (mutation) {
            case STALE_TERMS_BELIEVED ->
                process.hand(
                        offset,
                        new JournalRecord(
                                Math.max(record.term(), process.mirror.term()),
                                record.key(),
                                record.content(),
                                record.answer()));
            case NO_READ_BACK -> {
                // It has taken its own records as read already.
                boolean own = record.term() == process.mirror.term()
                        && process.mirror
                                .owner()
                                .filter(it -> it.instance().equals(process.name))
                                .isPresent()
                        && !(record.content() instanceof JournalRecord.Content.Claimed);
                if (!own) process.hand(offset, record);
            }
            case NONE, NO_REPAIR -> process.hand(offset, record);
        }
    }

    /**
     * Compaction is legal up to where a current owner has read, and written again what it had to: that is what the
     * journal's minimum lag stands for, which is far longer than any fail-over.
     */
    private void compact() {
        for (var process : processes) {
            boolean settled = process.position == log.end()
                    && process.inFlight.isEmpty()
                    && process.owner.status(PartitionStatus.NONE).owned();
            if (!settled) continue;
            long slowest = processes.stream().mapToLong(it -> it.position).min().orElseThrow();
            log.compact(log.end() - dice.nextInt(4), slowest);
            compacted++;
            checkRestore();
            return;
        }
    }

    /** Whoever reads the compacted log from its beginning must come to the truth. */
    private void checkRestore() {
        var restored = new PartitionReplica();
        log.entries().forEach(entry -> restored.read(entry.offset(), entry.record()));
        if (restored.term() != truth.term()) {
            complaints.add("Compaction lost the term: " + restored.term() + " instead of " + truth.term());
        }
        if (!restored.owner().equals(truth.owner())) {
            complaints.add("Compaction lost the owner: " + restored.owner() + " instead of " + truth.owner());
        }
        if (!restored.state().everything().equals(truth.state().everything())) {
            complaints.add("Compaction lost the truth: " + restored.state().everything() + " instead of "
                    + truth.state().everything());
        }
    }

    private void tick(Process process) {
        if (process.paused) return;
        guarded(process, () -> {
            process.owner.tick();
            process.believeOwnRecords();
        });
    }

    private void handOver(Process process) {
        if (process.paused) return;
        var to = processes.get(dice.nextInt(processes.size()));
        if (process.owner.status(PartitionStatus.NONE).owned()) handedOver++;
        guarded(process, () -> {
            process.owner.handOver(to.name);
            process.believeOwnRecords();
        });
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
        if (!complaints.isEmpty()) return;
        var owners = processes.stream()
                .filter(it -> it.owner.status(PartitionStatus.NONE).owned())
                .map(it -> it.name)
                .toList();
        if (!owners.equals(List.of(processes.get(right).name))) {
            complaints.add("In the end " + owners + " own the partition, not " + processes.get(right).name);
        }
        for (var process : processes) {
            if (!process.owner.isSettled()) complaints.add("A reply is still parked at " + process.name);
        }
        checkRestore();
    }

    private void guarded(Process process, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException bug) {
            complaints.add("A bug in " + process.name + ": " + bug);
        }
    }
}
