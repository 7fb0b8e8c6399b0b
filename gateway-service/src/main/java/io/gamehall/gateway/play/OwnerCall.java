package io.gamehall.gateway.play;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * A player's call, as one try at one owner. May be tried several times and at several owners: it carries a request id,
 * by which they tell repeats.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface OwnerCall<T> {
    /**
     * What time there is.
     *
     * @param answerMax for the answer to this try
     * @param notAfterMs for the decision, ms since 1970, the same for all tries: after it nobody waits any more, and
     *     the owner is to decide nothing
     */
    record Time(Duration answerMax, long notAfterMs) {}

    /**
     * One try.
     *
     * @param endpoint {@code host:port} of the owner
     * @param partition that the call is about
     * @return the answer; fails with {@link TryFailed} if another try may help, else with the final refusal
     */
    Uni<T> at(String endpoint, int partition, Time time);
}
