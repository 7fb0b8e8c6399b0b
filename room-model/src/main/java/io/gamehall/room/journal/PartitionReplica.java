package io.gamehall.room.journal;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A partition as its journal tells it. Every reader of the log (owner, follower, restarted owner) runs this and so
 * comes to the same state. Confined to one thread.
 *
 * <p>The rule that makes the journal safe without locks: a record whose term is lower than the highest term before it
 * is dropped. A paused or cut-off ex-owner can write what it likes; nobody believes it. Terms in the log are what
 * Raft (Ongaro, Ousterhout 2014) and Kafka's own controller use.
 */
public final class PartitionReplica {
    private final Partition state = new Partition();
    private final Set<String> staleKeys = new TreeSet<>();
    private final LinkedHashMap<Asked, Decision.Reply> answers = new LinkedHashMap<>();
    private final int answersMax;
    private Optional<OwnerClaim> owner = Optional.empty();
    private long term;
    private long nextOffset;

    private record Asked(PlayerId player, String requestId) {}

    /** A replica that does not remember answers. */
    public PartitionReplica() {
        this(0);
    }

    /** @param answersMax answers to requests that are remembered */
    public PartitionReplica(int answersMax) {
        this.answersMax = answersMax;
    }

    /** What reading a record came to. */
    public sealed interface Reading {
        /** True under the current term. */
        record Applied(RoomEvent event) implements Reading {}

        /** A new term has begun. */
        record NewOwner(OwnerClaim claim, long term) implements Reading {}

        /** Dropped: written under a lower term, a lost claim, or unreadable. The owner is to repair its key. */
        record Dropped(String key, String why) implements Reading {}

        /** The owner's own claim, written again: to repair its key, or with another wish for a successor. */
        record ClaimRepeated(OwnerClaim claim) implements Reading {}
    }

    /**
     * Takes the next record of the log.
     *
     * @param offset of the record, higher than of any before
     */
    public Reading read(long offset, JournalRecord record) {
        nextOffset = offset + 1;
        if (record.term() < term) return dropped(record.key(), "term " + record.term() + " is below " + term);
        return switch (record.content()) {
            case JournalRecord.Content.Unreadable unreadable -> dropped(record.key(), unreadable.why());
            case JournalRecord.Content.Claimed claimed -> claimed(record, claimed.claim());
            case JournalRecord.Content.Happened happened -> happened(record, happened.event());
        };
    }

    private Reading happened(JournalRecord record, RoomEvent event) {
        try {
            state.apply(event);
        } catch (IllegalArgumentException unfit) {
            return dropped(record.key(), unfit.getMessage());
        }
        // After compaction the claim of a term may be gone, or stand behind its records.
        if (record.term() > term) owner = Optional.empty();
        term = record.term();
        staleKeys.remove(record.key());
        record.answer().ifPresent(this::remember);
        return new Reading.Applied(event);
    }

    private Reading claimed(JournalRecord record, OwnerClaim claim) {
        if (record.term() == term) {
            // After compaction the winner's events may stand before what is left of its claims.
            if (!claim.restated() && owner.filter(claim::isSameAs).isEmpty()) {
                return dropped(record.key(), "term " + term + " was claimed before");
            }
            owner = Optional.of(claim);
            staleKeys.remove(record.key());
            return new Reading.ClaimRepeated(claim);
        }
        term = record.term();
        owner = Optional.of(claim);
        staleKeys.remove(record.key());
        return new Reading.NewOwner(claim, term);
    }

    private void remember(Answer answer) {
        if (answersMax == 0) return;
        answers.put(new Asked(answer.player(), answer.requestId()), answer.reply());
        if (answers.size() > answersMax) answers.pollFirstEntry();
    }

    /** What the journal says was answered to a player's request, if that is not too long ago. */
    public Optional<Decision.Reply> answer(PlayerId player, String requestId) {
        return Optional.ofNullable(answers.get(new Asked(player, requestId)));
    }

    private Reading dropped(String key, String why) {
        staleKeys.add(key);
        return new Reading.Dropped(key, why);
    }

    /** The rooms. Read only; {@link Partition#copy()} to go on from them. */
    public Partition state() {
        return state;
    }

    /** The highest term seen; 0: none. */
    public long term() {
        return term;
    }

    /** Who claimed the current term. */
    public Optional<OwnerClaim> owner() {
        return owner;
    }

    /** Everything before this offset has been read. */
    public long nextOffset() {
        return nextOffset;
    }

    /** The reader has come to this offset although no record may stand just before it (compaction leaves gaps). */
    public void skipTo(long offset) {
        nextOffset = Math.max(nextOffset, offset);
    }

    /**
     * Keys whose newest record in the log is not to be believed. Until the owner has written their true values again,
     * compaction would keep the wrong ones.
     */
    public Set<String> staleKeys() {
        return Collections.unmodifiableSet(new TreeSet<>(staleKeys));
    }
}
