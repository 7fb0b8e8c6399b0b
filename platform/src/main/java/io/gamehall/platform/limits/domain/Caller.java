package io.gamehall.platform.limits.domain;

import java.util.function.BooleanSupplier;

/**
 * One session that calls: what it may ask for, and how it takes being refused. A client that knows its manners comes
 * again later; one that goes on asking waits for its answers. For any thread.
 */
public final class Caller {
    private static final Verdict PASSED = new Verdict.Passed();
    private static final Verdict REFUSED = new Verdict.Refused();

    private final TokenBucket bucket;
    private final Patience patience;
    private int refusals;
    private long refusedAtNs;
    private int held;
    private long cutNs;
    private long cutUntilNs;

    /** What becomes of a call. */
    public sealed interface Verdict {
        /** It goes on. */
        record Passed() implements Verdict {}

        /** It is refused at once. */
        record Refused() implements Verdict {}

        /** It is refused after that time; {@link Caller#release()} is owed when it is over. */
        record Held(long forNs) implements Verdict {}

        /** Its connection is to be closed, and if it can be left silent, then only after that time. */
        record Cut(long afterNs) implements Verdict {}
    }

    /** @param bucket full */
    public Caller(TokenBucket bucket, Patience patience) {
        this.bucket = bucket;
        this.patience = patience;
    }

    /**
     * Counts a call.
     *
     * @param nowNs of a clock that only goes on
     * @param silences whether its connection can be left silent: while others of the caller's are, this one is cut off,
     *     too; asked only then
     */
    public Verdict ask(long nowNs, BooleanSupplier silences) {
        long wait = bucket.take(nowNs);
        return wait == 0 ? PASSED : refuse(wait, nowNs, silences);
    }

    private synchronized Verdict refuse(long waitNs, long nowNs, BooleanSupplier silences) {
        boolean cutOff = cutNs > 0 && nowNs - cutUntilNs < 0;
        if (!cutOff && isForgiven(nowNs)) {
            refusals = 0;
            cutNs = 0;
        }
        refusedAtNs = nowNs;
        if (refusals < patience.atOnceMax()) {
            refusals++;
            return REFUSED;
        }
        if (held >= patience.heldMax() || cutOff && silences.getAsBoolean()) return cut(nowNs, cutOff);
        held++;
        return new Verdict.Held(Math.max(waitNs, patience.holdNs()));
    }

    /** Nothing is heard of a caller while it is cut off: that it was silent then is not to its credit. */
    private boolean isForgiven(long nowNs) {
        return nowNs - refusedAtNs > patience.forgivenNs()
                && (cutNs == 0 || nowNs - cutUntilNs > patience.forgivenNs());
    }

    /** All of its connections are cut off until the same moment. */
    private Verdict cut(long nowNs, boolean cutOff) {
        if (!cutOff) {
            cutNs = Math.min(cutNs == 0 ? patience.holdNs() : 2 * cutNs, patience.cutMaxNs());
            cutUntilNs = nowNs + cutNs;
        }
        return new Verdict.Cut(cutUntilNs - nowNs);
    }

    /** An answer is not held any more. */
    public synchronized void release() {
        held--;
    }
}
