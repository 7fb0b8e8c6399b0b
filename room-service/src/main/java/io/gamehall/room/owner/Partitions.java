package io.gamehall.room.owner;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.journal.JournalPartitions;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.Positioned;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** All partitions of the region, each on an event loop of its own choice for ever. Any thread may call. */
public final class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);
    private static final long TICK_MS = 200;
    private static final long OPEN_ROOMS_MS = 1_000;

    private final EventLoops loops;
    private final List<Desk> desks = new ArrayList<>();
    private final ChatHistory history;
    private final RoomOpening opening;
    private final Timer decided;

    /** A partition, and what of it may be seen from other threads. */
    private static final class Desk implements Supplier<PartitionStatus> {
        final PartitionOwner owner;
        final int number;
        volatile PartitionStatus status = PartitionStatus.NONE;
        /** Commands decided in the last full second. */
        volatile int commandsPerSecond;

        private long countedCommands;
        private long countedAtMs;

        Desk(int number, PartitionOwner owner) {
            this.number = number;
            this.owner = owner;
        }

        @Override
        public PartitionStatus get() {
            return status;
        }

        void look(long nowMs) {
            status = owner.status(status);
            if (nowMs - countedAtMs < 1_000) return;
            commandsPerSecond = (int) ((status.commands() - countedCommands) * 1_000 / (nowMs - countedAtMs));
            countedCommands = status.commands();
            countedAtMs = nowMs;
        }
    }

    public Partitions(
            EventLoops loops,
            MeterRegistry metrics,
            RoomsConfig config,
            Journal journal,
            GameResults results,
            RoomChat chat,
            PlayerNotices notices) {
        this.loops = loops;
        this.history = new ChatHistory();
        this.opening = new RoomOpening(config);
        this.decided = Timer.builder("gamehall.rooms.command")
                .description("From a command's arrival to its reply, read back from the journal")
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
        var ports = new PartitionOwner.Ports(journal, results, chat, notices, history);
        for (int number = 0; number < loops.partitions(); number++) {
            var owner = new PartitionOwner(
                    number, ports, settings(config, number, loops.partitions()), System::currentTimeMillis);
            var desk = new Desk(number, owner);
            desks.add(desk);
            loops.every(TICK_MS, number, () -> tick(desk));
            PartitionMetrics.register(metrics, number, desk);
        }
        loops.every(OPEN_ROOMS_MS, 0, this::openRooms);
    }

    private static PartitionOwner.Settings settings(RoomsConfig config, int number, int partitions) {
        return new PartitionOwner.Settings(
                config.instance(),
                config.endpoint(),
                () -> UUID.randomUUID().toString(),
                System::nanoTime,
                RoomList.of(config, number, partitions),
                config.parkedMax(),
                config.answersMax(),
                config.absenceMax(),
                config.hostAwayMax());
    }

    /** Decides a command about a room, where its partition is owned here. */
    public Uni<Decision> submit(RoomId room, RoomCommand command, String requestId, long notAfterMs) {
        return submit(JournalPartitions.of(room, desks.size()), command, requestId, notAfterMs);
    }

    /**
     * Decides a command in a partition.
     *
     * @param notAfterMs wall clock; nothing is decided after it; 0: no bound
     * @return the decision, on the caller's context, once it is true; or a {@link Refusal}
     */
    public Uni<Decision> submit(int partition, RoomCommand command, String requestId, long notAfterMs) {
        if (isUnknown(partition)) return unknown();
        var desk = desks.get(partition);
        var caller = loops.caller();
        long arrived = System.nanoTime();
        return Uni.createFrom()
                .<Decision>emitter(reply -> loops.run(
                        partition,
                        () -> guarded(desk, () -> desk.owner
                                .submit(command, requestId, notAfterMs)
                                .whenComplete((decision, failure) -> caller.runOnContext(back -> {
                                    decided.record(System.nanoTime() - arrived, TimeUnit.NANOSECONDS);
                                    if (failure == null) reply.complete(withAlternatives(decision, command));
                                    else reply.fail(failure);
                                })))));
    }

    /** Who is turned away learns where there is space, in the whole region, as of a moment ago. */
    private Decision withAlternatives(Decision decision, RoomCommand command) {
        if (!(decision instanceof Decision.Refused(var reason, var particulars))) return decision;
        var game =
                switch (reason) {
                    case GAME_FULL -> command instanceof RoomCommand.AutoEnter enter ? enter.game() : "";
                    case ROOM_FULL, ROOM_CLOSED, WAIT_LIST_FULL ->
                        command instanceof RoomCommand.Enter enter ? game(enter.room()) : "";
                    default -> "";
                };
        if (game.isEmpty()) return decision;
        var rooms = new LinkedHashSet<String>();
        if (particulars.containsKey("alternatives")) {
            rooms.addAll(List.of(particulars.get("alternatives").split(",")));
        }
        region().filter(room -> room.hasSpace() && room.game().equals(game))
                .sorted(Comparator.comparing(RoomView::population).reversed())
                .limit(RoomRules.ALTERNATIVES_MAX)
                .forEach(room -> rooms.add(room.id().value()));
        if (rooms.isEmpty()) return decision;
        var more = new HashMap<>(particulars);
        more.put(
                "alternatives",
                String.join(
                        ",", rooms.stream().limit(RoomRules.ALTERNATIVES_MAX).toList()));
        return new Decision.Refused(reason, more);
    }

    private String game(RoomId id) {
        var rooms = desks.get(JournalPartitions.of(id, desks.size())).status.rooms();
        return rooms.stream()
                .filter(room -> room.id().equals(id))
                .map(RoomView::game)
                .findFirst()
                .orElse("");
    }

    private Stream<RoomView> region() {
        return desks.stream().flatMap(desk -> desk.status.rooms().stream());
    }

    /** Players of a partition are connected to a gateway. @return whether the partition is owned here */
    public Uni<Boolean> keepAlive(int partition, List<PlayerId> players) {
        if (isUnknown(partition)) return unknown();
        var caller = loops.caller();
        return Uni.createFrom()
                .emitter(reply -> loops.run(partition, () -> {
                    boolean owned = desks.get(partition).owner.keepAlive(players);
                    caller.runOnContext(back -> reply.complete(owned));
                }));
    }

    /** What was said last in a room, oldest first. */
    public List<ChatLine> recentChat(RoomId room) {
        return history.recent(room);
    }

    /** The next line of the chat's log. One thread. */
    public void heard(ChatLine line) {
        if (history.add(line)) on(JournalPartitions.of(line.room(), desks.size()), owner -> owner.heard(line));
    }

    /** Hands records of the journal over; completes when they are applied. */
    public CompletableFuture<Void> read(int partition, List<Positioned> records, long nextOffset) {
        return on(partition, owner -> {
            for (var positioned : records) owner.read(positioned.offset(), positioned.record());
            owner.readUpTo(nextOffset);
        });
    }

    /** Everything that stood in the journal at that moment has been handed over. */
    public void upToDate(long asOfNanos) {
        all(owner -> owner.upToDate(asOfNanos));
    }

    /** What stood in the journal when this process started has been handed over. */
    public void caughtUp() {
        all(PartitionOwner::caughtUp);
    }

    /** The group gave this process the right to claim partitions. */
    public void assigned(Collection<Integer> partitions) {
        partitions.forEach(partition -> on(partition, PartitionOwner::assigned));
    }

    /** The group took the right away; what is owned is decided here until others have claimed it. */
    public void revoked(Collection<Integer> partitions) {
        partitions.forEach(partition -> on(partition, PartitionOwner::revoked));
    }

    /** An append failed: every owner steps down and claims anew. */
    public void journalFailed() {
        all(PartitionOwner::journalFailed);
    }

    /** From now on nothing is claimed any more. */
    public void leave() {
        all(PartitionOwner::leave);
    }

    /** Nothing is decided any more; completes when that holds. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(desks.stream()
                .map(desk -> on(desk.number, PartitionOwner::stop))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Asks another process to claim a partition that is owned here. */
    public void handOver(int partition, String successor) {
        on(partition, owner -> owner.handOver(successor));
    }

    /** The partitions that this process owns, as of a moment ago. */
    public List<Integer> owned() {
        return desks.stream()
                .filter(desk -> desk.status.owned())
                .map(desk -> desk.number)
                .toList();
    }

    /** Whether replies wait, as of a moment ago. */
    public boolean isSettled() {
        return desks.stream().allMatch(desk -> desk.status.parked() == 0);
    }

    /** Refreshes what other threads see; completes when that is done. */
    public CompletableFuture<Void> look() {
        var looked = desks.stream()
                .map(desk -> on(desk.number, owner -> desk.look(System.currentTimeMillis())))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(looked);
    }

    /** @param owner who claimed the partition last */
    public record Info(
            int partition, Optional<OwnerClaim> owner, long term, int rooms, int members, int commandsPerSecond) {}

    /** What this process knows of all partitions. */
    public List<Info> info() {
        return desks.stream()
                .map(desk -> new Info(
                        desk.number,
                        desk.status.owner(),
                        desk.status.term(),
                        desk.status.rooms().size(),
                        desk.status.members(),
                        desk.commandsPerSecond))
                .toList();
    }

    private void openRooms() {
        for (var ensure : opening.due(region().toList())) {
            int partition = JournalPartitions.of(ensure.room(), desks.size());
            if (!desks.get(partition).status.owned()) continue;
            on(partition, owner -> owner.submit(ensure, "", 0).whenComplete((decision, failure) -> {
                if (failure == null)
                    LOG.infof("Opened room %s: less than a fifth of the places was free", ensure.room());
            }));
        }
    }

    private boolean isUnknown(int partition) {
        return partition < 0 || partition >= desks.size();
    }

    private <T> Uni<T> unknown() {
        return Uni.createFrom()
                .failure(new Refusal(Reason.REQUEST_INVALID, "There are " + desks.size() + " partitions"));
    }

    private void all(Consumer<PartitionOwner> turn) {
        for (int partition = 0; partition < desks.size(); partition++) on(partition, turn);
    }

    private CompletableFuture<Void> on(int partition, Consumer<PartitionOwner> turn) {
        var desk = desks.get(partition);
        var done = new CompletableFuture<Void>();
        loops.run(partition, () -> {
            guarded(desk, () -> turn.accept(desk.owner));
            done.complete(null);
        });
        return done;
    }

    private void tick(Desk desk) {
        guarded(desk, desk.owner::tick);
        desk.look(System.currentTimeMillis());
    }

    /** A partition that hits a bug stops deciding and starts again from what the journal says. */
    private static void guarded(Desk desk, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException bug) {
            LOG.fatal("A partition hit a bug and steps down", bug);
            desk.owner.journalFailed();
        }
    }
}
