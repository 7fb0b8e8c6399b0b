package io.gamehall.hallctl.swarm;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Makes a player's calls: measures each attempt, repeats what passes by itself, and counts what does not. Blocks the
 * calling (virtual) thread.
 */
final class Caller {
    /** One attempt may take this long. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A hall that is not available has to recover within this. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** After the end, for those whom a hall that sheds a storm of logins has put off: they still have something to do. */
    private static final Duration STRAGGLERS_MAX = Duration.ofSeconds(30);

    private static final Duration DELAY_FIRST = Duration.ofMillis(100);
    private static final Duration DELAY_MAX = Duration.ofSeconds(2);

    private final Tally tally;
    private final Supplier<Instant> end;

    /** @param end of the run: until a while after it a hall that is full may put logins off */
    Caller(Tally tally, Supplier<Instant> end) {
        this.tally = tally;
        this.end = end;
    }

    /** One attempt of a call. Repeated with the same request id, hence the same attempt. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws TroubleException, InterruptedException;
    }

    /** @throws CallFailed if the call failed in a way that a correct client did not cause */
    <T> Answer<T> ask(CallKind kind, Attempt<T> attempt) throws CallFailed, InterruptedException {
        var patience = Instant.now().plus(PATIENCE);
        for (int tries = 0; ; tries++) {
            long start = System.nanoTime();
            Trouble trouble;
            try {
                var value = attempt.run();
                tally.of(kind).answered(System.nanoTime() - start);
                return new Answer.Given<>(value, tries > 0);
            } catch (StatusRuntimeException e) {
                trouble = Trouble.of(e);
            } catch (TroubleException e) {
                trouble = e.trouble();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            switch (trouble.verdict(kind)) {
                case REFUSED -> {
                    refused(kind, trouble);
                    return new Answer.Refused<>(trouble.name(), trouble.particulars());
                }
                case ERROR -> throw failed(kind, trouble, "");
                case RETRY -> {
                    var delay = delay(trouble, tries);
                    if (Instant.now().plus(delay).isAfter(giveUp(kind, trouble, patience))) {
                        throw failed(kind, trouble, " (did not recover)");
                    }
                    refused(kind, trouble);
                    Thread.sleep(delay);
                }
            }
        }
    }

    /** Asks what no answer but the wished one is right for. */
    <T> T demand(CallKind kind, Attempt<T> attempt) throws CallFailed, InterruptedException {
        return switch (ask(kind, attempt)) {
            case Answer.Given<T> given -> given.value();
            case Answer.Refused<T> refused ->
                throw new IllegalStateException(kind + " has no legitimate refusals, but got " + refused.reason());
        };
    }

    /** Only a hall that sheds a storm of logins may put them off for as long as the run lasts, and a little longer. */
    private Instant giveUp(CallKind kind, Trouble trouble, Instant patience) {
        boolean shed = kind.isLogin() && trouble.name().equals("OVERLOADED");
        var last = end.get().plus(STRAGGLERS_MAX);
        return shed && patience.isBefore(last) ? last : patience;
    }

    private void refused(CallKind kind, Trouble trouble) {
        tally.of(kind).refused();
        tally.refusals.note(kind.label() + ": " + trouble.name(), trouble.detail());
    }

    private CallFailed failed(CallKind kind, Trouble trouble, String how) {
        tally.of(kind).failed();
        var what = kind.label() + ": " + trouble.name() + how;
        tally.faults.note(what, trouble.detail());
        return new CallFailed(what);
    }

    /** The server's advice where it gave one, else doubling from a tenth of a second. */
    private static Duration delay(Trouble trouble, int tries) {
        var doubled = DELAY_FIRST.multipliedBy(1L << Math.min(tries, 10));
        var capped = doubled.compareTo(DELAY_MAX) < 0 ? doubled : DELAY_MAX;
        return trouble.retryAfter().orElse(capped);
    }
}
