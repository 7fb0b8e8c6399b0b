package io.gamehall.gateway.session;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * The cell's one record of which session of each account is live. Every method fails with a
 * {@code Refusal} of {@code DEPENDENCY_UNAVAILABLE} when it gets no answer in time. Whether it took effect is unknown
 * then. Asking again is safe, with one exception: see {@link #raise}.
 */
public interface SessionRegistry {
    /** What came of a login. */
    sealed interface Login {
        /** @param displaced whether a session ended that was live a moment ago */
        record Begun(long generation, boolean displaced) implements Login {}

        /** The account has a live session. @param rest until it will be away, if nothing touches it any more */
        record Refused(Duration rest) implements Login {}
    }

    /** A session that a genuine token is at hand of. */
    record Known(long player, long generation) {}

    /**
     * Begins a session, unless the policy keeps it from that: gives out a generation higher than any before, also after
     * the registry lost its memory, and tells every gateway ({@link Sessions#heardOf}). One atomic step. Where the policy
     * is to refuse, a login whose answer got lost may have begun a session that nobody holds: the next one is refused
     * until that counts as away.
     */
    Uni<Login> raise(long player);

    /**
     * The live generation of a player, given a genuine token of a generation; if it is that one, the session is in use
     * now. A registry that lost its memory learns from it, so that nobody is logged out by that. One atomic step.
     */
    Uni<Long> vouch(long player, long generation);

    /**
     * The same for many, a batch after the other.
     *
     * @param inUse whether they are in use now; else the registry only learns of them
     * @return the live generations, in the order of the sessions
     */
    Uni<List<Long>> vouch(List<Known> sessions, boolean inUse);

    /**
     * Ends a session, if it is not over already, and tells every gateway. One atomic step.
     *
     * @return a generation; tokens of lower ones are good no more
     */
    Uni<Long> end(long player, long generation);
}
