package io.gamehall.activity.join;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** What is kept for good of how counters came to Redis. Fails with the technology's exception when out of reach. */
public interface Openings {
    /** Notes that joins may exist from now on. True for one caller only, ever: then none exist yet. */
    Uni<Boolean> isFirst(Part.Id part);

    /** Makes the epoch of the part's counters a higher one, and gives it. */
    Uni<Long> raiseEpoch(Part.Id part);

    /** The epochs of all parts, of at most that many. */
    Uni<Map<Part.Id, Long>> epochs(int max);
}
