package io.gamehall.reward.grant;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** The changes of which players are to be told: recorded together with each change, until it is told. */
public interface DueChanges {
    /** Some of them, in no order; fails while the database is away. */
    Uni<List<DueChange>> some(int max);

    /** The players were told of these; fails while the database is away, and then they may be told again. */
    Uni<Void> told(List<DueChange> changes);
}
