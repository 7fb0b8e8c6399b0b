package io.gamehall.reward.leaderboard;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;

/** The names of this region's players. */
public interface PlayerNames {
    /** Never fails: who has no account here, or can't be looked up just now, has no name. */
    Uni<Map<Long, String>> of(Collection<Long> players);
}
