package io.gamehall.room.owner;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.PartitionReplica;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One partition in this process: follows its journal always, and decides for its rooms while it owns it.
 *
 * <p>Confined to one thread, hence no locks; it knows neither threads nor clocks of its own, so that a simulation can
 * run many of them. What makes it safe:
 * <ul>
 *   <li>It owns the partition once it has read back its own claim, and until it reads a claim of a higher term.
 *   <li>It decides on a state that includes its not yet confirmed events, but answers only after it has read its own
 *       records back: what a client was told stands in the log under a believed term.
 *   <li>A refusal waits for the events it may rest on, and may be as old as what was read last; while it is not known
 *       that all has been read that stood in the log a second ago, nothing is answered.
 * </ul>
 *
 * <p>The group gives the right to claim, no more: an owner that loses it goes on until somebody else has claimed, so
 * that a partition that moves is away only for the time of a claim. An owner that wants to go (the process stops, or an
 * operator moves the partition) asks another process by the journal to claim (docs/adr/0008).
 */
final class PartitionOwner {
    private static final Logger LOG = Logger.getLogger(PartitionOwner.class);
    /** Before claiming again after a loss, so that two claimants don't chase each other. */
    private static final long CLAIM_AGAIN_MS = 1_000;
    /** Before claiming again what was handed over: by then the group agrees with it. */
    private static final long CLAIM_HANDED_OVER_AGAIN_MS = 10_000;
    /** How long to wait for a successor's claim before going on alone. */
    private static final long HAND_OVER_MS = 1_000;

    private static final long IN_TOUCH_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration RETRY_HAND_OVER = Duration.ofMillis(20);

    private final int number;
    private final Ports ports;
    private final Journal journal;
    private final Settings settings;
    private final LongSupplier clockMs;

    private final PartitionReplica replica;

    private Role role = new Role.Following();
    private boolean caughtUp;
    private boolean assigned;
    private boolean leaving;
    private long claimNotBeforeMs;
    private boolean inTouch;
    private long upToDateNanos;
    private long stale;
    private long late;
    /** In the ownerships that are over. */
    private long commandsBefore;

    private long repairedBefore;

    /** Who this process is and what it may hold. */
    record Settings(
            String instance,
            String endpoint,
            Supplier<String> nonces,
            LongSupplier clockNanos,
            List<RoomCommand.EnsureRoom> rooms,
            int parkedMax,
            int answersMax,
            Duration absenceMax,
            Duration hostAwayMax) {}

    /** What a partition talks to. */
    record Ports(Journal journal, GameResults results, RoomChat chat, PlayerNotices notices, ChatHistory history) {}

    private sealed interface Role {
        /** Somebody else's, or nobody's. */
        record Following() implements Role {}

        /** Ours to claim once everything before that offset is read; -1: the offset is being asked for. */
        record CatchingUp(long end) implements Role {}

        record Claiming(long term, OwnerClaim claim) implements Role {}

        record Owning(OwnedPartition partition) implements Role {}
    }

    PartitionOwner(int number, Ports ports, Settings settings, LongSupplier clockMs) {
        this.number = number;
        this.ports = ports;
        this.journal = ports.journal();
        this.settings = settings;
        this.clockMs = clockMs;
        this.replica = new PartitionReplica(settings.answersMax());
    }

    /**
     * Decides a command.
     *
     * @param requestId a repeated one gets the first answer; empty: never repeated
     * @param notAfterMs when the caller gives up: it may try elsewhere then, so nothing is decided later; 0: never
     * @return completes on this thread, once the decision is true; fails with a {@link Refusal} when this process
     *     can't tell (NOT_OWNER, OWNER_UNAVAILABLE, OVERLOADED)
     */
    CompletableFuture<Decision> submit(RoomCommand command, String requestId, long notAfterMs) {
        if (!(role instanceof Role.Owning owning)) return CompletableFuture.failedFuture(notOwner());
        if (owning.partition().handsOver()) return CompletableFuture.failedFuture(handingOver());
        if (!isInTouch()) return CompletableFuture.failedFuture(unavailable("The journal is out of touch"));
        if (notAfterMs != 0 && clockMs.getAsLong() > notAfterMs) {
            late++;
            return CompletableFuture.failedFuture(unavailable("The command came too late: its caller has given up"));
        }
        return owning.partition().submit(command, requestId);
    }

    /** Players are connected to a gateway. @return whether this process owns the partition */
    boolean keepAlive(List<PlayerId> players) {
        owned().ifPresent(it -> it.keepAlive(players));
        return role instanceof Role.Owning;
    }

    /** A line of the chat was read. */
    void heard(ChatLine line) {
        owned().ifPresent(it -> it.heard(line));
    }

    /** Takes the next record of the log. */
    void read(long offset, JournalRecord record) {
        if (offset > replica.nextOffset() && (role instanceof Role.Owning || role instanceof Role.Claiming)) {
            // Compaction has passed us: we slept for hours, and can't know what became of our records.
            stepDown(unavailable("The journal went on without this process"));
        }
        boolean admission = owned().map(it -> it.isAdmission(record)).orElse(false);
        switch (replica.read(offset, record)) {
            case Reading.Applied(var event) -> owned().ifPresent(it -> it.applied(record, event, admission));
            case Reading.NewOwner(var claim, long term) -> newTerm(claim, term);
            case Reading.ClaimRepeated(var claim) -> {
                // The claim itself, should it stand in the log twice, was confirmed by becoming the owner.
                if (claim.restated()) owned().ifPresent(it -> it.confirm(record));
                if (claim.handOverTo().equals(settings.instance())) succeed();
            }
            case Reading.Dropped(var key, var why) -> {
                stale++;
                LOG.debugf("Partition %d: dropped a record of '%s': %s", number, key, why);
                owned().ifPresent(it -> it.repair(key));
            }
        }
    }

    private Optional<OwnedPartition> owned() {
        return role instanceof Role.Owning(var partition) ? Optional.of(partition) : Optional.empty();
    }

    /** Everything of the log before that offset has been read. */
    void readUpTo(long nextOffset) {
        replica.skipTo(nextOffset);
        release();
        if (role instanceof Role.CatchingUp(long end) && end >= 0 && nextOffset >= end) claim();
    }

    /**
     * Everything that stood in the log at that moment has been read here.
     *
     * @param asOfNanos of the clock in {@link Settings}
     */
    void upToDate(long asOfNanos) {
        upToDateNanos = asOfNanos;
        inTouch = true;
        release();
    }

    /** An owner that does not know what stood in the log a second ago may be an ex-owner: it answers nobody. */
    private boolean isInTouch() {
        return inTouch && settings.clockNanos().getAsLong() - upToDateNanos < IN_TOUCH_NANOS;
    }

    /** What stood in the log when this process started has been read. */
    void caughtUp() {
        caughtUp = true;
    }

    private void release() {
        // After a pause the log may have moved on without us: then nobody is answered until all of it has been read.
        if (isInTouch()) owned().ifPresent(OwnedPartition::release);
    }

    /** The group gives us the right to claim. */
    void assigned() {
        if (assigned) return;
        assigned = true;
        claimNotBeforeMs = 0;
        if (mayClaim()) catchUp();
    }

    /** The right is gone. What is owned is decided here until somebody else has claimed it. */
    void revoked() {
        assigned = false;
        if (role instanceof Role.CatchingUp) role = new Role.Following();
    }

    /** This process is about to stop: it claims nothing any more. */
    void leave() {
        leaving = true;
    }

    /** Asks another process to claim the partition; nobody is answered until it has, at most for a second. */
    void handOver(String successor) {
        if (!successor.equals(settings.instance())) owned().ifPresent(it -> it.handOver(successor));
    }

    /** The owner has asked us to claim. We have read all that it wrote. */
    private void succeed() {
        if (caughtUp && (mayClaim() || role instanceof Role.CatchingUp)) claim();
    }

    /** This process ends now: nothing is decided any more, and the journal is left alone. */
    void stop() {
        leaving = true;
        if (!(role instanceof Role.Following)) stepDown(unavailable("The process stops"));
    }

    /** Whether no reply waits any more. */
    boolean isSettled() {
        return owned().map(it -> it.parked() == 0).orElse(true);
    }

    /** An append failed: nothing after it may stand in the log under our term, so we claim a new one. */
    void journalFailed() {
        if (role instanceof Role.Following) return;
        stepDown(unavailable("The journal failed"));
        claimNotBeforeMs = clockMs.getAsLong() + CLAIM_AGAIN_MS;
    }

    /** To be called a few times a second: claims again what was lost, and does what the clock asks for. */
    void tick() {
        release();
        long now = clockMs.getAsLong();
        if (assigned && now >= claimNotBeforeMs && mayClaim()) catchUp();
        owned().ifPresent(it -> tick(it, now));
    }

    private void tick(OwnedPartition owned, long now) {
        if (owned.handsOver()) {
            if (now - owned.handOverAtMs() < HAND_OVER_MS) return;
            LOG.warnf("Partition %d: %s did not take it over", number, owned.successor());
            owned.keepOn();
        } else if (isInTouch()) {
            owned.tick();
        } else {
            owned.outOfTouch();
        }
    }

    /** Who is not in touch could answer nobody: better that the present owner, if there is one, goes on. */
    private boolean mayClaim() {
        return role instanceof Role.Following && !leaving && isInTouch();
    }

    private void catchUp() {
        role = new Role.CatchingUp(-1);
        var asked = role;
        journal.end(number).whenComplete((end, failure) -> {
            if (role != asked) return;
            if (failure != null) {
                role = new Role.Following();
                claimNotBeforeMs = clockMs.getAsLong() + CLAIM_AGAIN_MS;
            } else if (replica.nextOffset() >= end) {
                claim();
            } else {
                role = new Role.CatchingUp(end);
            }
        });
    }

    private void claim() {
        var claim = new OwnerClaim(
                settings.instance(), settings.endpoint(), settings.nonces().get(), clockMs.getAsLong());
        role = new Role.Claiming(replica.term() + 1, claim);
        journal.claim(number, replica.term() + 1, claim);
    }

    private void newTerm(OwnerClaim claim, long term) {
        switch (role) {
            case Role.Claiming(long ours, OwnerClaim mine)
            when term == ours && claim.isSameAs(mine) -> own(term, claim);
            case Role.Claiming _, Role.Owning _ -> superseded(claim, term);
            case Role.Following _, Role.CatchingUp _ -> {}
        }
    }

    /** What stands in the log before the other's claim is true, and can be answered; the rest never came true. */
    private void superseded(OwnerClaim by, long term) {
        LOG.infof("Partition %d: %s has claimed term %d", number, by.instance(), term);
        boolean handedOver =
                owned().map(it -> it.successor().equals(by.instance())).orElse(false);
        release();
        stepDown(
                by.instance().equals(settings.instance())
                        ? unavailable("The partition is claimed anew")
                        : movedTo(by, term));
        claimNotBeforeMs = clockMs.getAsLong() + (handedOver ? CLAIM_HANDED_OVER_AGAIN_MS : CLAIM_AGAIN_MS);
    }

    private void own(long term, OwnerClaim claim) {
        var owned = new OwnedPartition(number, term, claim, replica, ports, settings, clockMs);
        role = new Role.Owning(owned);
        LOG.debugf("Partition %d: owned, term %d", number, term);
        owned.begin(settings.rooms());
    }

    private void stepDown(Refusal refusal) {
        var lost = owned();
        role = new Role.Following();
        lost.ifPresent(it -> {
            commandsBefore += it.commands();
            repairedBefore += it.repaired();
            it.end(refusal);
        });
    }

    private Refusal notOwner() {
        if (!(role instanceof Role.Following)) return unavailable("The partition is being taken over");
        return replica.owner()
                .filter(it -> !it.instance().equals(settings.instance()))
                .map(it -> movedTo(it, replica.term()))
                .orElseGet(() -> moved().retryAfter(RETRY));
    }

    private Refusal movedTo(OwnerClaim owner, long term) {
        return moved().with(Map.of("owner", owner.endpoint(), "term", Long.toString(term)))
                .retryAfter(RETRY);
    }

    private Refusal moved() {
        return new Refusal(Reason.NOT_OWNER, "Partition " + number + " is not decided here");
    }

    private static Refusal handingOver() {
        return new Refusal(Reason.OWNER_UNAVAILABLE, "The partition moves to another process")
                .retryAfter(RETRY_HAND_OVER);
    }

    private static Refusal unavailable(String why) {
        return new Refusal(Reason.OWNER_UNAVAILABLE, why).retryAfter(RETRY);
    }

    /** For the metrics and for operators; this thread only. */
    PartitionStatus status(PartitionStatus before) {
        var rooms = before.nextOffset() == replica.nextOffset()
                ? before.rooms()
                : replica.state().rooms().stream().map(RoomView::of).toList();
        var owned = owned();
        return new PartitionStatus(
                replica.nextOffset(),
                replica.term(),
                replica.owner(),
                owned.isPresent(),
                rooms,
                commandsBefore + owned.map(OwnedPartition::commands).orElse(0L),
                owned.map(OwnedPartition::parked).orElse(0),
                owned.map(OwnedPartition::readBackNanos).orElse(0L),
                stale,
                late,
                repairedBefore + owned.map(OwnedPartition::repaired).orElse(0L));
    }
}
