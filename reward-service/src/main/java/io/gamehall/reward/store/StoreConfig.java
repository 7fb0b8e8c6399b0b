package io.gamehall.reward.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the database may take. */
@ConfigMapping(prefix = "gamehall.store")
public interface StoreConfig {
    /** Until a transaction of the pipeline counts as failed and is tried again. */
    @WithDefault("15S")
    Duration transactionTimeout();

    /** Until a player's query is refused with DEPENDENCY_UNAVAILABLE. */
    @WithDefault("3S")
    Duration queryTimeout();
}
