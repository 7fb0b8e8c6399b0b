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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A partition for the time that this process owns it, under one term: decides on a state that includes its not yet
 * confirmed events, and lets a reply go only once the records it rests on were read back. Whether it may still be
 * asked, and what it has, is the {@link PartitionOwner}'s to know. Confined to its thread.
 */
final class OwnedPartition {
    private static final Logger LOG = Logger.getLogger(OwnedPartition.class);
    private static final Duration RETRY = Duration.ofMillis(250);

    private final int number;
    private final long term;
    private final Journal journal;
    private final PlayerNotices notices;
    private final PartitionReplica replica;
    private final LongSupplier clockMs;
    private final int parkedMax;
    /** The state with all events decided, confirmed or not. */
    private final Partition decided;

    private final PendingReplies pending;
    private final Answers answers;
    private final SettledRounds rounds;
    private final Talk talk;
    private final Presence presence = new Presence();
    private final RoomCare care;

    private OwnerClaim claim;
    private long handOverAtMs;
    private long commands;
    private long repaired;

    /** @param claim as it was read back, under that term */
    OwnedPartition(
            int number,
            long term,
            OwnerClaim claim,
            PartitionReplica replica,
            PartitionOwner.Ports ports,
            PartitionOwner.Settings settings,
            LongSupplier clockMs) {
        this.number = number;
        this.term = term;
        this.claim = claim;
        this.replica = replica;
        this.journal = ports.journal();
        this.notices = ports.notices();
        this.clockMs = clockMs;
        this.parkedMax = settings.parkedMax();
        this.decided = replica.state().copy();
        this.pending = new PendingReplies(settings.clockNanos());
        this.answers = new Answers(replica, settings.answersMax());
        this.rounds = new SettledRounds(number, ports.results(), replica, this::keep);
        this.talk = new Talk(number, ports.chat(), ports.notices(), ports.history());
        this.care = new RoomCare(
                presence,
                settings.absenceMax().toMillis(),
                settings.hostAwayMax().toMillis());
    }

    /** Mends what stale writers left, makes the rooms that are missing, and publishes what is not known to be. */
    void begin(List<RoomCommand.EnsureRoom> rooms) {
        for (var room : decided.rooms()) room.violations().forEach(it -> LOG.errorf("Partition %d: %s", number, it));
        presence.begin(clockMs.getAsLong());
        replica.staleKeys().forEach(this::repair);
        rooms.forEach(this::keep);
        this.rounds.publishAll();
    }

    /** Decides a command, as {@link PartitionOwner#submit} says; fails with OVERLOADED. */
    CompletableFuture<Decision> submit(RoomCommand command, String requestId) {
        if (pending.size() >= parkedMax) {
            return CompletableFuture.failedFuture(
                    new Refusal(Reason.OVERLOADED, "Too many replies wait for the journal").retryAfter(RETRY));
        }
        commands++;
        if (command instanceof RoomCommand.ByPlayer byPlayer) presence.seen(byPlayer.player(), clockMs.getAsLong());
        return answers.first(command, requestId, () -> decide(command, requestId));
    }

    private CompletableFuture<Decision> decide(RoomCommand command, String requestId) {
        var decision = RoomRules.decide(decided, command);
        if (!(decision instanceof Decision.Accepted accepted)) return pending.await(decision);
        append(accepted, command, requestId);
        var reply = pending.await(decision);
        if (command instanceof RoomCommand.Relayed relayed && accepted.reply() instanceof Decision.Reply.Relay relay) {
            return reply.thenCompose(now -> talk.pass(term, relayed, relay, requestId, clockMs.getAsLong()));
        }
        if (command instanceof RoomCommand.Swap swap && accepted.reply() instanceof Decision.Reply.SwapWished wished) {
            reply.thenRun(() -> tellSwapWanted(swap, wished));
        }
        return reply;
    }

    private void append(Decision.Accepted accepted, RoomCommand command, String requestId) {
        var events = accepted.events();
        for (int i = 0; i < events.size(); i++) {
            boolean last = i == events.size() - 1;
            var answer = last && !requestId.isEmpty() && command instanceof RoomCommand.ByPlayer byPlayer
                    ? Optional.of(new Answer(byPlayer.player(), requestId, accepted.reply()))
                    : Optional.<Answer>empty();
            append(events.get(i), answer);
        }
    }

    private void append(RoomEvent event, Optional<Answer> answer) {
        decided.apply(event);
        pending.appended(JournalCodec.key(event));
        journal.append(number, term, event, answer);
    }

    /** Decides what the rooms need by themselves. */
    private CompletableFuture<Decision> keep(RoomCommand command) {
        return decide(command, "");
    }

    /** Players are connected to a gateway. */
    void keepAlive(List<PlayerId> players) {
        long now = clockMs.getAsLong();
        players.forEach(player -> presence.seen(player, now));
    }

    /** A line of the chat was read. */
    void heard(ChatLine line) {
        talk.heard(line);
    }

    /** Whether a record that is about to be applied lets a player in who has waited. */
    boolean isAdmission(JournalRecord record) {
        return record.content() instanceof JournalRecord.Content.Happened(RoomEvent.MemberChanged changed)
                && replica.state()
                        .room(changed.room())
                        .flatMap(room -> room.waiter(changed.player()))
                        .isPresent();
    }

    /** A record was applied to the replica. */
    void applied(JournalRecord record, RoomEvent event, boolean admission) {
        confirm(record);
        if (event instanceof RoomEvent.TableChanged changed) rounds.publish(changed);
        if (admission && event instanceof RoomEvent.MemberChanged changed) {
            presence.seen(changed.player(), clockMs.getAsLong());
            tell(new PlayerNotice.RoomEntered(changed.player(), changed.room(), clockMs.getAsLong()));
        }
    }

    /** A record was read that is believed. */
    void confirm(JournalRecord record) {
        if (record.term() == term) pending.confirmed(record.key());
    }

    /** Gives the replies whose records are all read back. */
    void release() {
        pending.release();
    }

    /** Says the truth about a key again, so that compaction does not keep what nobody believes. */
    void repair(String key) {
        repaired++;
        if (key.equals(JournalCodec.OWNER)) restate(claim.handOverTo(), handOverAtMs);
        else JournalCodec.current(key, decided).ifPresent(truth -> append(truth, Optional.empty()));
    }

    /** Asks another process to claim the partition; nothing is to be submitted until that is settled. */
    void handOver(String successor) {
        restate(successor, clockMs.getAsLong());
    }

    /** Nobody has taken it over: it goes on here. */
    void keepOn() {
        restate("", 0);
    }

    private void restate(String handOverTo, long atMs) {
        claim = claim.restated(handOverTo);
        handOverAtMs = atMs;
        pending.appended(JournalCodec.OWNER);
        journal.claim(number, term, claim);
    }

    /** Whether another process was asked to claim it. */
    boolean handsOver() {
        return handOverAtMs != 0;
    }

    /** When it was asked; 0: it was not. */
    long handOverAtMs() {
        return handOverAtMs;
    }

    /** Who was asked; empty: nobody. */
    String successor() {
        return claim.handOverTo();
    }

    /** Does what the clock asks for; to be called a few times a second. */
    void tick() {
        long now = clockMs.getAsLong();
        rounds.publishAll();
        talk.tick(now);
        for (var need : care.needs(decided, now)) {
            keep(need.command()).thenRun(() -> need.notice().ifPresent(this::tell));
        }
    }

    /** Gateways may not be able to vouch for anybody here just now. */
    void outOfTouch() {
        presence.begin(clockMs.getAsLong());
    }

    /** The ownership is over: what waits fails. */
    void end(Refusal refusal) {
        rounds.end();
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

    /** Commands decided. */
    long commands() {
        return commands;
    }

    /** Records of stale owners whose keys were written again. */
    long repaired() {
        return repaired;
    }

    /** Replies that wait. */
    int parked() {
        return pending.size();
    }

    /** How long a record took into the log and back, lately, in nanoseconds. */
    long readBackNanos() {
        return pending.readBackNanos();
    }
}
