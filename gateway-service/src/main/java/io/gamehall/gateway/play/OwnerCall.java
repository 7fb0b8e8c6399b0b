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
     * One try.
     *
     * @param endpoint {@code host:port} of the owner
     * @param partition that the call is about
     * @param deadline within which to answer
     * @return the answer; fails with {@link TryFailed} if another try may help, else with the final refusal
     */
    Uni<T> at(String endpoint, int partition, Duration deadline);
}
