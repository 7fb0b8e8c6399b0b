package io.gamehall.reward.achievement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large sets of achievements and their parts get. Both can be changed at any time; what stands stays as it is. */
@ConfigMapping(prefix = "gamehall.achievements")
public interface AchievementConfig {
    /**
     * Bytes of a chunk, 256 to 65,536: what a report rewrites at most of a set that is not touched elsewhere. An
     * achievement takes 29 and those of its type, fact id and payload.
     */
    @WithDefault("8192")
    int chunkBytesMax();

    /** Types that one role can have, 1 to 1,000,000; a report of one more goes to the DLQ. */
    @WithDefault("10000")
    int typesMax();
}
