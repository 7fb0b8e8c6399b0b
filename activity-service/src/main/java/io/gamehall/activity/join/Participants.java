package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinRequest;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.SortedMap;

/** Who has joined what. Calls fail with the technology's exception when there is no answer in time. */
public interface Participants {
    /** What came of a request. */
    sealed interface Admission {
        /**
         * The rules have decided, and what they decided is done.
         *
         * @param unpublished the join, where it is not yet known to be in Kafka
         */
        record Decided(JoinOutcome outcome, Optional<OutboxEntry> unpublished) implements Admission {}

        /** Nothing was done: the activity has newer terms than the caller. */
        record Stale() implements Admission {}

        /** Nothing was done: the activity's counters are not there; they have to be rebuilt. */
        record Lost() implements Admission {}
    }

    /** A join that waits to be in Kafka. The id means something to the outbox alone. */
    record OutboxEntry(String id, Join join) {}

    /** Decides and carries out, atomically. After a failure it is unknown whether it was done: a repeat will tell. */
    Uni<Admission> admit(Activity activity, JoinRequest request);

    /** The player's joins, ordinal to time in ms; empty when the activity's counters are not there. */
    Uni<Optional<SortedMap<Integer, Long>>> joinsOf(Activity activity, long player);
}
