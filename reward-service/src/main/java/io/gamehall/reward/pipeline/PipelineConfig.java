package io.gamehall.reward.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the pipeline is. */
@ConfigMapping(prefix = "gamehall.pipeline")
public interface PipelineConfig {
    /** Pause before the first retry; doubled for each further one. */
    @WithDefault("0.1S")
    Duration retryDelayFirst();

    /** The longest pause between retries: this long after the database is back at the latest, work goes on. */
    @WithDefault("10S")
    Duration retryDelayMax();

    /**
     * Conflicts of keys or versions in a row after which a batch is taken apart to find the fact that is the cause, and
     * such a fact is set aside. (Deadlocks and the like don't count.)
     */
    @WithDefault("5")
    int conflictsMax();
}
