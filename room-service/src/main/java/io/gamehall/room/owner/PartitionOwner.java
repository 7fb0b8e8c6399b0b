package io.gamehall.room.owner;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.JournalCodec;
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
    private final Journal journal;
    private final Settings settings;
    private final LongSupplier clockMs;

    private final PartitionReplica replica;
    private final PendingReplies pending;
    private final Answers answers;
    private final SettledRounds rounds;
    private final Talk talk;
    private final PlayerNotices notices;
    private final Presence presence = new Presence();
    private final RoomCare care;

    private Role role = new Role.Following();
    private boolean caughtUp;
    private boolean assigned;
    private boolean leaving;
    private long claimNotBeforeMs;
    /** While owning: the state with all events decided, confirmed or not. */
    private Partition decided = new Partition();

    private boolean inTouch;
    private long upToDateNanos;
    private long commands;
    private long stale;
    private long repaired;

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

        /** @param handOverAtMs when another process was asked to claim; 0: it was not */
        record Owning(long term, OwnerClaim claim, long handOverAtMs) implements Role {
            boolean handsOver() {
                return handOverAtMs != 0;
            }
        }
    }

    PartitionOwner(int number, Ports ports, Settings settings, LongSupplier clockMs) {
        this.number = number;
        this.journal = ports.journal();
        this.notices = ports.notices();
        this.settings = settings;
        this.clockMs = clockMs;
        this.replica = new PartitionReplica(settings.answersMax());
        this.pending = new PendingReplies(settings.clockNanos());
        this.answers = new Answers(replica, settings.answersMax());
        this.rounds = new SettledRounds(number, ports.results(), replica, this::keep);
        this.talk = new Talk(number, ports.chat(), ports.notices(), ports.history());
        this.care = new RoomCare(
                presence,
                settings.absenceMax().toMillis(),
                settings.hostAwayMax().toMillis());
    }

    /**
     * Decides a command.
     *
     * @param requestId a repeated one gets the first answer; empty: never repeated
     * @return completes on this thread, once the decision is true; fails with a {@link Refusal} when this process
     *     can't tell (NOT_OWNER, OWNER_UNAVAILABLE, OVERLOADED)
     */
    CompletableFuture<Decision> submit(RoomCommand command, String requestId) {
        if (!(role instanceof Role.Owning owning)) return CompletableFuture.failedFuture(notOwner());
        if (owning.handsOver()) return CompletableFuture.failedFuture(handingOver());
        if (!isInTouch()) return CompletableFuture.failedFuture(unavailable("The journal is out of touch"));
        if (pending.size() >= settings.parkedMax()) {
            return CompletableFuture.failedFuture(
                    new Refusal(Reason.OVERLOADED, "Too many replies wait for the journal").retryAfter(RETRY));
        }
        commands++;
        if (command instanceof RoomCommand.ByPlayer byPlayer) presence.seen(byPlayer.player(), clockMs.getAsLong());
        return answers.first(command, requestId, () -> decide(owning.term(), command, requestId));
    }

    private CompletableFuture<Decision> decide(long term, RoomCommand command, String requestId) {
        var decision = RoomRules.decide(decided, command);
        if (!(decision instanceof Decision.Accepted accepted)) return pending.await(decision);
        append(term, accepted, command, requestId);
        var reply = pending.await(decision);
        if (command instanceof RoomCommand.Relayed relayed && accepted.reply() instanceof Decision.Reply.Relay relay) {
            return reply.thenCompose(now -> talk.pass(term, relayed, relay, requestId, clockMs.getAsLong()));
        }
        if (command instanceof RoomCommand.Swap swap && accepted.reply() instanceof Decision.Reply.SwapWished wished) {
            reply.thenRun(() -> tellSwapWanted(swap, wished));
        }
        return reply;
    }

    private void append(long term, Decision.Accepted accepted, RoomCommand command, String requestId) {
        var events = accepted.events();
        for (int i = 0; i < events.size(); i++) {
            boolean last = i == events.size() - 1;
            var answer = last && !requestId.isEmpty() && command instanceof RoomCommand.ByPlayer byPlayer
                    ? Optional.of(new Answer(byPlayer.player(), requestId, accepted.reply()))
                    : Optional.<Answer>empty();
            append(term, events.get(i), answer);
        }
    }

    private void append(long term, RoomEvent event, Optional<Answer> answer) {
        decided.apply(event);
        pending.appended(JournalCodec.key(event));
        journal.append(number, term, event, answer);
    }

    /** Decides what the rooms need by themselves, while they are owned. */
    private CompletableFuture<Decision> keep(RoomCommand command) {
        return role instanceof Role.Owning owning
                ? decide(owning.term(), command, "")
                : CompletableFuture.failedFuture(notOwner());
    }

    /** Players are connected to a gateway. @return whether this process owns the partition */
    boolean keepAlive(List<PlayerId> players) {
        if (!(role instanceof Role.Owning)) return false;
        long now = clockMs.getAsLong();
        players.forEach(player -> presence.seen(player, now));
        return true;
    }

    /** A line of the chat was read. */
    void heard(ChatLine line) {
        talk.heard(line);
    }

    /** Takes the next record of the log. */
    void read(long offset, JournalRecord record) {
        if (offset > replica.nextOffset() && (role instanceof Role.Owning || role instanceof Role.Claiming)) {
            // Compaction has passed us: we slept for hours, and can't know what became of our records.
            stepDown(unavailable("The journal went on without this process"));
        }
        boolean waited = waited(record);
        switch (replica.read(offset, record)) {
            case Reading.Applied(var event) -> applied(record, event, waited);
            case Reading.NewOwner(var claim, long term) -> newTerm(claim, term);
            case Reading.ClaimRepeated(var claim) -> {
                // The claim itself, should it stand in the log twice, was confirmed by becoming the owner.
                if (claim.restated()) confirm(record);
                if (claim.handOverTo().equals(settings.instance())) succeed();
            }
            case Reading.Dropped(var key, var why) -> {
                stale++;
                LOG.debugf("Partition %d: dropped a record of '%s': %s", number, key, why);
                if (role instanceof Role.Owning owning) repair(owning, key);
            }
        }
    }

    /** Whether the record lets a player in who has waited. */
    private boolean waited(JournalRecord record) {
        return role instanceof Role.Owning
                && record.content() instanceof JournalRecord.Content.Happened(RoomEvent.MemberChanged changed)
                && replica.state()
                        .room(changed.room())
                        .flatMap(room -> room.waiter(changed.player()))
                        .isPresent();
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

    private void applied(JournalRecord record, RoomEvent event, boolean waited) {
        confirm(record);
        if (!(role instanceof Role.Owning)) return;
        if (event instanceof RoomEvent.TableChanged changed) rounds.publish(changed);
        if (waited && event instanceof RoomEvent.MemberChanged changed) {
            presence.seen(changed.player(), clockMs.getAsLong());
            tell(new PlayerNotice.RoomEntered(changed.player(), changed.room(), clockMs.getAsLong()));
        }
    }

    private void confirm(JournalRecord record) {
        if (role instanceof Role.Owning owning && record.term() == owning.term()) pending.confirmed(record.key());
    }

    private void release() {
        // After a pause the log may have moved on without us: then nobody is answered until all of it has been read.
        if (isInTouch()) pending.release();
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
        if (!(role instanceof Role.Owning owning) || successor.equals(settings.instance())) return;
        claimAgain(owning, owning.claim().restated(successor), clockMs.getAsLong());
    }

    private void claimAgain(Role.Owning owning, OwnerClaim claim, long handOverAtMs) {
        role = new Role.Owning(owning.term(), claim, handOverAtMs);
        pending.appended(JournalCodec.OWNER);
        journal.claim(number, owning.term(), claim);
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
        return pending.size() == 0;
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
        if (!(role instanceof Role.Owning owning)) return;
        if (owning.handsOver()) {
            if (now - owning.handOverAtMs() >= HAND_OVER_MS) {
                LOG.warnf(
                        "Partition %d: %s did not take it over",
                        number, owning.claim().handOverTo());
                claimAgain(owning, owning.claim().restated(""), 0);
            }
            return;
        }
        if (!isInTouch()) {
            // Gateways could not reach anybody either.
            presence.begin(now);
            return;
        }
        rounds.publishAll();
        talk.tick(now);
        for (var need : care.needs(decided, now)) {
            keep(need.command()).thenRun(() -> need.notice().ifPresent(this::tell));
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
        boolean handedOver = role instanceof Role.Owning owning
                && owning.claim().handOverTo().equals(by.instance());
        release();
        stepDown(
                by.instance().equals(settings.instance())
                        ? unavailable("The partition is claimed anew")
                        : movedTo(by, term));
        claimNotBeforeMs = clockMs.getAsLong() + (handedOver ? CLAIM_HANDED_OVER_AGAIN_MS : CLAIM_AGAIN_MS);
    }

    private void own(long term, OwnerClaim claim) {
        decided = replica.state().copy();
        var owning = new Role.Owning(term, claim, 0);
        role = owning;
        LOG.debugf("Partition %d: owned, term %d", number, term);
        for (var room : decided.rooms()) room.violations().forEach(it -> LOG.errorf("Partition %d: %s", number, it));
        presence.begin(clockMs.getAsLong());
        replica.staleKeys().forEach(key -> repair(owning, key));
        settings.rooms().forEach(this::keep);
        rounds.publishAll();
    }

    /** Says the truth about a key again, so that compaction does not keep what nobody believes. */
    private void repair(Role.Owning owning, String key) {
        repaired++;
        if (key.equals(JournalCodec.OWNER))
            claimAgain(owning, owning.claim().restated(owning.claim().handOverTo()), owning.handOverAtMs());
        else {
            JournalCodec.current(key, decided).ifPresent(truth -> append(owning.term(), truth, Optional.empty()));
        }
    }

    private void stepDown(Refusal refusal) {
        role = new Role.Following();
        decided = new Partition();
        rounds.end();
        answers.clear();
        pending.fail(refusal);
        talk.end(refusal);
    }

    private void tellSwapWanted(RoomCommand.Swap swap, Decision.Reply.SwapWished wished) {
        replica.state()
                .room(swap.room())
                .flatMap(room -> room.seatOf(swap.player()))
                .ifPresent(seat -> tell(new PlayerNotice.SwapWanted(
                        wished.other(), swap.room(), swap.player(), seat, wished.untilMs(), swap.atMs())));
    }

    /** Best effort: what a notice tells can be seen in the rooms, too. */
    private void tell(PlayerNotice notice) {
        notices.publish(number, notice, "").whenComplete((done, failure) -> {
            if (failure != null) LOG.debugf(failure, "A notice to %s was lost", notice.to());
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
    Status status(Status before) {
        var rooms = before.nextOffset() == replica.nextOffset()
                ? before.rooms()
                : replica.state().rooms().stream().map(RoomView::of).toList();
        return new Status(
                replica.nextOffset(),
                replica.term(),
                replica.owner(),
                role instanceof Role.Owning,
                rooms,
                commands,
                pending.size(),
                pending.readBackNanos(),
                stale,
                repaired);
    }

    /**
     * @param owner who claimed the current term
     * @param commands decided since this process started
     * @param parked replies that wait
     * @param readBackNanos how long a record took into the log and back, lately
     * @param stale records dropped since this process started
     * @param repaired of them, those whose key was written again
     */
    record Status(
            long nextOffset,
            long term,
            Optional<OwnerClaim> owner,
            boolean owned,
            List<RoomView> rooms,
            long commands,
            int parked,
            long readBackNanos,
            long stale,
            long repaired) {
        static final Status NONE = new Status(-1, 0, Optional.empty(), false, List.of(), 0, 0, 0, 0, 0);

        int members() {
            int members = 0;
            for (var room : rooms) members += room.members();
            return members;
        }
    }
}
