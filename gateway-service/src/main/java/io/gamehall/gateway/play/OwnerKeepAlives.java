package io.gamehall.gateway.play;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;

/** Tells owners of rooms which of their players are connected. Any thread, never blocks. */
public interface OwnerKeepAlives {
    /**
     * One try.
     *
     * @param endpoint {@code host:port} of the owner
     * @param answerMax how long it may take
     * @return those partitions of the batch that the process does not own; fails if it does not answer in time
     */
    Uni<Set<Integer>> vouch(String endpoint, PresenceBatch batch, Duration answerMax);
}
