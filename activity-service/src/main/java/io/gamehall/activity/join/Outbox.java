package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Participants.OutboxEntry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** The joins that are given but not yet known to be in Kafka. */
public interface Outbox {
    /**
     * @param oldest age of the oldest entry, zero when there is none
     * @param entries those that are due, the oldest first
     */
    record Due(Duration oldest, List<OutboxEntry> entries) {}

    /** At most {@code max} of the entries that are at least that old. */
    Uni<Due> due(Activity activity, Duration age, int max);

    /** Forgets entries that are in Kafka. Those that are not there any more are passed over. */
    Uni<Void> settle(Activity activity, List<String> entries);

    /**
     * The same for one entry, in a moment and together with others: nobody waits for it. An entry that stays, because
     * the process ends or Redis does not answer, is relayed once more, which does no harm.
     */
    void settleSoon(Activity activity, String entry);
}
