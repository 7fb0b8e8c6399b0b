package io.gamehall.hallctl.drill.joins;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** All calls of a drill's players; those of one player in their order. Bounded. Any thread. */
public final class JoinHistory {
    /** At about 200 bytes each. */
    private static final int CALLS_MAX = 500_000;

    private final ConcurrentLinkedQueue<JoinCall> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile long grantedTryNanos = Long.MIN_VALUE;
    private volatile boolean soldOut;

    /** Records a call that is over; the player's earlier ones have been recorded before. */
    void record(JoinCall call) {
        calls.add(call);
        count.incrementAndGet();
        if (call.outcome() == JoinCall.Outcome.GRANTED) {
            grantedTryNanos = Math.max(grantedTryNanos, call.span().startNanos());
        }
        if (call.isSoldOut()) soldOut = true;
    }

    /** The load has to end: nothing more fits. */
    boolean isFull() {
        return count.get() >= CALLS_MAX;
    }

    /** Whether a join was granted that was asked for after an instant, {@link System#nanoTime()}; roughly. */
    boolean hasGrantedSince(long nanos) {
        return grantedTryNanos > nanos;
    }

    /** Whether a player was told that a quota is used up. */
    boolean hasSoldOut() {
        return soldOut;
    }

    List<JoinCall> all() {
        return List.copyOf(calls);
    }
}
