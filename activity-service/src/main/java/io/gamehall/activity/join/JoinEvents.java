package io.gamehall.activity.join;

import io.gamehall.activity.join.domain.Join;
import io.smallrye.mutiny.Uni;

/** Tells the rest of the cell of joins. */
public interface JoinEvents {
    /** False until the topic is known for the first time. */
    boolean isReady();

    /**
     * Completes on the caller's context when the join is safe on all in-sync replicas; fails within
     * {@link JoinSettings#publishTimeout()} otherwise, and then it may or may not be there. Repeats do no harm.
     */
    Uni<Void> publish(Join join);
}
