package io.gamehall.room.owner;

import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The owner's records that are not read back yet, and the replies that wait for them: a decision waits for all records
 * that were appended before its reply was due, also for those it only rests on. Confined to the partition's thread.
 */
final class PendingReplies {
    /** Keys of the records that are not read back, in the order they were appended. */
    private final ArrayDeque<String> unconfirmed = new ArrayDeque<>();

    private final ArrayDeque<Parked> parked = new ArrayDeque<>();
    private final LongSupplier clockNanos;
    private long appended;
    private long confirmed;
    /** One record at a time is timed on its way into the log and back. */
    private long timed = -1;

    private long timedAtNanos;
    private long readBackNanos;

    /** A reply that waits until that many records are read back. */
    private record Parked(long until, Decision decision, CompletableFuture<Decision> reply) {}

    PendingReplies(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
    }

    /** A record of that key was appended. */
    void appended(String key) {
        unconfirmed.add(key);
        appended++;
        if (timed < 0) {
            timed = appended;
            timedAtNanos = clockNanos.getAsLong();
        }
    }

    /**
     * The next record was read back.
     *
     * @throws IllegalStateException if it is not the one that was appended next: the log is not what we think it is
     */
    void confirmed(String key) {
        var expected = unconfirmed.poll();
        if (!key.equals(expected)) {
            throw new IllegalStateException("Read back '" + key + "' instead of '" + expected + "'");
        }
        confirmed++;
        if (confirmed == timed) {
            readBackNanos = clockNanos.getAsLong() - timedAtNanos;
            timed = -1;
        }
    }

    /** The reply of a decision just made; it comes with {@link #release()}, or at once if there is nothing to wait for. */
    CompletableFuture<Decision> await(Decision decision) {
        if (confirmed == appended) return CompletableFuture.completedFuture(decision);
        var reply = new CompletableFuture<Decision>();
        parked.add(new Parked(appended, decision, reply));
        return reply;
    }

    /** Gives the replies whose records are all read back. */
    void release() {
        while (!parked.isEmpty() && parked.peek().until() <= confirmed) {
            var ready = parked.poll();
            ready.reply().complete(ready.decision());
        }
    }

    /** Fails all that wait, and forgets what was appended. */
    void fail(Refusal refusal) {
        unconfirmed.clear();
        appended = 0;
        confirmed = 0;
        timed = -1;
        var failed = new ArrayList<>(parked);
        parked.clear();
        failed.forEach(waiting -> waiting.reply().completeExceptionally(refusal));
    }

    /** Replies that wait. */
    int size() {
        return parked.size();
    }

    /** Whether all that was appended is read back. */
    boolean isSettled() {
        return confirmed == appended;
    }

    /** How long the last timed record took into the log and back, in nanoseconds. */
    long readBackNanos() {
        return readBackNanos;
    }
}
