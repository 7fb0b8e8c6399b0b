package io.gamehall.room.owner;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.PartitionReplica;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 *   <li>A refusal waits for the events it may rest on, and may be as old as what was read last; while the log was not
 *       polled for a second nothing is answered.
 * </ul>
 */
final class PartitionOwner {
    private static final Logger LOG = Logger.getLogger(PartitionOwner.class);
    /** Before claiming again after a loss, so that two claimants don't chase each other. */
    private static final long CLAIM_AGAIN_MS = 1_000;

    private static final Duration RETRY = Duration.ofMillis(250);

    private final int number;
    private final Journal journal;
    private final GameResults results;
    private final Settings settings;
    private final LongSupplier clockMs;

    private final PartitionReplica replica = new PartitionReplica();
    private Role role = new Role.Following();
    private boolean assigned;
    private boolean draining;
    private long claimNotBeforeMs;

    /** While owning: the state with all events decided, confirmed or not. */
    private Partition decided = new Partition();

    private final PendingReplies pending = new PendingReplies();
    private final Answers answers;
    private final Map<String, TableChanged> publishing = new HashMap<>();
    private long stale;

    /** Who this process is and what it may hold. */
    record Settings(
            String instance,
            String endpoint,
            Supplier<String> nonces,
            List<RoomCommand.OpenRoom> rooms,
            int parkedMax,
            int answersMax) {}

    private sealed interface Role {
        /** Somebody else's, or nobody's. */
        record Following() implements Role {}

        /** Ours to claim once everything before that offset is read; -1: the offset is being asked for. */
        record CatchingUp(long end) implements Role {}

        record Claiming(long term, OwnerClaim claim) implements Role {}

        record Owning(long term, OwnerClaim claim) implements Role {}
    }

    PartitionOwner(int number, Journal journal, GameResults results, Settings settings, LongSupplier clockMs) {
        this.number = number;
        this.journal = journal;
        this.results = results;
        this.settings = settings;
        this.clockMs = clockMs;
        this.answers = new Answers(settings.answersMax());
    }

    /**
     * Decides a command.
     *
     * @param requestId a repeated one gets the first answer; empty: never repeated
     * @return completes on this thread, once the decision is true; fails with a {@link Refusal} when this process
     *     can't tell (NOT_OWNER, OWNER_UNAVAILABLE, OVERLOADED)
     */
    CompletableFuture<Decision> submit(RoomCommand command, String requestId) {
        if (draining || !(role instanceof Role.Owning(long term, OwnerClaim _))) {
            return CompletableFuture.failedFuture(notOwner());
        }
        if (!journal.isFresh()) return CompletableFuture.failedFuture(unavailable("The journal is out of touch"));
        if (pending.size() >= settings.parkedMax()) {
            return CompletableFuture.failedFuture(
                    new Refusal(Reason.OVERLOADED, "Too many replies wait for the journal").retryAfter(RETRY));
        }
        return answers.first(command, requestId, () -> decide(term, command));
    }

    private CompletableFuture<Decision> decide(long term, RoomCommand command) {
        var decision = RoomRules.decide(decided, command);
        if (decision instanceof Decision.Accepted accepted) accepted.events().forEach(event -> append(term, event));
        return pending.await(decision);
    }

    private void append(long term, RoomEvent event) {
        decided.apply(event);
        pending.appended(JournalCodec.key(event));
        journal.append(number, term, event);
    }

    /** Takes the next record of the log. */
    void read(long offset, JournalRecord record) {
        switch (replica.read(offset, record)) {
            case Reading.Applied(var event) -> applied(record, event);
            case Reading.NewOwner(var claim, long term) -> newTerm(claim, term);
            case Reading.ClaimRepeated() -> confirm(record);
            case Reading.Dropped(var key, var why) -> {
                stale++;
                LOG.debugf("Partition %d: dropped a record of '%s': %s", number, key, why);
                if (role instanceof Role.Owning(long term, OwnerClaim claim)) repair(term, claim, key);
            }
        }
    }

    /** Everything of the log before that offset has been read. */
    void readUpTo(long nextOffset) {
        replica.skipTo(nextOffset);
        release();
        if (role instanceof Role.CatchingUp(long end) && end >= 0 && nextOffset >= end) claim();
    }

    private void applied(JournalRecord record, RoomEvent event) {
        confirm(record);
        if (event instanceof TableChanged changed) publishIfSettled(changed);
    }

    private void confirm(JournalRecord record) {
        if (!(role instanceof Role.Owning(long term, OwnerClaim _)) || record.term() != term) return;
        pending.confirmed(record.key());
    }

    private void release() {
        // After a pause the log may have moved on without us: then nobody is answered until it has been polled again.
        if (journal.isFresh()) pending.release();
    }

    /** The group gives us the right to claim. */
    void assigned() {
        if (assigned) return;
        assigned = true;
        draining = false;
        claimNotBeforeMs = 0;
        catchUp();
    }

    /** The right is about to go: no new commands, so that what is in flight can settle. */
    void drain() {
        draining = true;
    }

    /** The right is gone. Commands in flight fail; the next owner's claim settles what became of them. */
    void revoked() {
        assigned = false;
        stepDown("The partition moves to another process");
    }

    /** Whether no reply waits any more. */
    boolean isSettled() {
        return pending.size() == 0;
    }

    /** An append failed: nothing after it may stand in the log under our term, so we claim a new one. */
    void journalFailed() {
        if (role instanceof Role.Following) return;
        stepDown("The journal failed");
        claimNotBeforeMs = clockMs.getAsLong() + CLAIM_AGAIN_MS;
    }

    /** To be called a few times a second: claims again what was lost, publishes again what failed. */
    void tick() {
        release();
        if (assigned && role instanceof Role.Following && clockMs.getAsLong() >= claimNotBeforeMs) catchUp();
        if (role instanceof Role.Owning) unpublished().forEach(this::publishIfSettled);
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
            case Role.Claiming(long ours, OwnerClaim mine) when term == ours && claim.equals(mine) -> own(term, claim);
            case Role.Claiming _, Role.Owning _ -> {
                LOG.infof("Partition %d: %s has claimed term %d", number, claim.instance(), term);
                stepDown("Another process has claimed the partition");
                claimNotBeforeMs = clockMs.getAsLong() + CLAIM_AGAIN_MS;
            }
            case Role.Following _, Role.CatchingUp _ -> {}
        }
    }

    private void own(long term, OwnerClaim claim) {
        decided = replica.state().copy();
        role = new Role.Owning(term, claim);
        LOG.debugf("Partition %d: owned, term %d", number, term);
        for (var room : decided.rooms()) room.violations().forEach(it -> LOG.errorf("Partition %d: %s", number, it));
        replica.staleKeys().forEach(key -> repair(term, claim, key));
        settings.rooms().forEach(open -> decide(term, open));
        unpublished().forEach(this::publishIfSettled);
    }

    /** Says the truth about a key again, so that compaction does not keep what nobody believes. */
    private void repair(long term, OwnerClaim claim, String key) {
        if (key.equals(JournalCodec.OWNER)) {
            pending.appended(key);
            journal.claim(number, term, claim);
        } else {
            JournalCodec.current(key, decided).ifPresent(truth -> append(term, truth));
        }
    }

    private void stepDown(String why) {
        role = new Role.Following();
        decided = new Partition();
        publishing.clear();
        answers.clear();
        pending.fail(unavailable(why));
    }

    private List<TableChanged> unpublished() {
        var found = new ArrayList<TableChanged>();
        for (var room : replica.state().rooms()) {
            for (var number : room.unpublished()) {
                found.add(new TableChanged(room.id(), number, room.table(number)));
            }
        }
        return found;
    }

    private void publishIfSettled(TableChanged changed) {
        var table = changed.table();
        if (!(role instanceof Role.Owning(long term, OwnerClaim _)) || table.published()) return;
        var round = table.last().orElseThrow();
        var id = changed.room() + "/" + changed.number() + "/" + round.number();
        if (publishing.putIfAbsent(id, changed) != null) return;
        var game = replica.state().room(changed.room()).orElseThrow().setup().game();
        results.publish(number, game, changed.room(), changed.number(), round).whenComplete((done, failure) -> {
            publishing.remove(id, changed);
            if (failure != null || !(role instanceof Role.Owning(long now, OwnerClaim _)) || now != term) return;
            decide(term, new RoomCommand.ConfirmPublished(changed.room(), changed.number(), round.number()));
        });
    }

    private Refusal notOwner() {
        if (draining) return unavailable("The partition moves to another process");
        if (!(role instanceof Role.Following)) return unavailable("The partition is being taken over");
        var other = replica.owner().filter(it -> !it.instance().equals(settings.instance()));
        return new Refusal(Reason.NOT_OWNER, "Partition " + number + " is not decided here")
                .with(other.map(it -> Map.of("owner", it.endpoint(), "term", Long.toString(replica.term())))
                        .orElseGet(Map::of))
                .retryAfter(RETRY);
    }

    private static Refusal unavailable(String why) {
        return new Refusal(Reason.OWNER_UNAVAILABLE, why).retryAfter(RETRY);
    }

    /** For the metrics; this thread only. */
    Status status() {
        int members = 0;
        for (var room : replica.state().rooms()) members += room.memberCount();
        return new Status(replica.term(), role instanceof Role.Owning, members, pending.size(), stale);
    }

    /**
     * @param stale records dropped since this process started
     */
    record Status(long term, boolean owned, int members, int parked, long stale) {}
}
