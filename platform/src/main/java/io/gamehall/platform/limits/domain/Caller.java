package io.gamehall.platform.limits.domain;

/**
 * One session that calls: what it may ask for, and how it takes being refused. A client that knows its manners comes
 * again later; one that goes on asking waits for its answers. For any thread.
 */
public final class Caller {
    private static final Verdict PASSED = new Verdict.Passed();
    private static final Verdict REFUSED = new Verdict.Refused();
    private static final Verdict CUT = new Verdict.Cut();

    private final TokenBucket bucket;
    private final Patience patience;
    private int refusals;
    private long refusedAtNs;
    private int held;

    /** What becomes of a call. */
    public sealed interface Verdict {
        /** It goes on. */
        record Passed() implements Verdict {}

        /** It is refused at once. */
        record Refused() implements Verdict {}

        /** It is refused after that time; {@link Caller#release()} is owed when it is over. */
        record Held(long forNs) implements Verdict {}

        /** Its connection is to be closed: too many are held already. */
        record Cut() implements Verdict {}
    }

    /** @param bucket full */
    public Caller(TokenBucket bucket, Patience patience) {
        this.bucket = bucket;
        this.patience = patience;
    }

    /** Counts a call. @param nowNs of a clock that only goes on */
    public Verdict ask(long nowNs) {
        long wait = bucket.take(nowNs);
        return wait == 0 ? PASSED : refuse(wait, nowNs);
    }

    private synchronized Verdict refuse(long waitNs, long nowNs) {
        if (nowNs - refusedAtNs > patience.forgivenNs()) refusals = 0;
        refusedAtNs = nowNs;
        if (refusals < patience.atOnceMax()) {
            refusals++;
            return REFUSED;
        }
        if (held >= patience.heldMax()) return CUT;
        held++;
        return new Verdict.Held(Math.max(waitNs, patience.holdNs()));
    }

    /** An answer is not held any more. */
    public synchronized void release() {
        held--;
    }
}
