package io.gamehall.activity.statistics;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.statistics.domain.JoinStatistics.Count;
import io.gamehall.activity.statistics.domain.Window;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** The ledger, for who counts joins. */
public interface JoinHistory {
    /**
     * The joins of the window for each minute and region that has any, in no order. Fails with the technology's
     * exception when there is no answer in that time; whoever holds the data stops counting then, too.
     */
    Uni<List<Count>> count(ActivityId activity, Window window, Duration timeout);
}
