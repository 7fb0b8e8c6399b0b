package io.gamehall.activity.join;

import io.gamehall.activity.join.domain.Join;
import io.smallrye.mutiny.Uni;

/** Tells the rest of the cell of joins. */
public interface JoinEvents {
    /** False until the topic is known for the first time. */
    boolean isKnown();

    /**
     * Whether a join that is decided now can be published: not until the topic is known, and not while Kafka is held to
     * be away. Then some are let on now and then, to try: ask right before, and only if it matters.
     */
    boolean isReady();

    /**
     * Completes on the caller's context when the join is safe on all in-sync replicas; fails within
     * {@link JoinSettings#publishTimeout()} otherwise, and then it may or may not be there. Repeats do no harm.
     */
    Uni<Void> publish(Join join);
}
