package io.gamehall.gateway.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the directory. */
@ConfigMapping(prefix = "gamehall.directory")
public interface DirectoryConfig {
    /** How long changes are collected before watchers are told. */
    @WithDefault("50ms")
    Duration interval();

    /**
     * Updates waiting for one stream that carries rooms at most; beyond it they are dropped and a snapshot follows. All
     * streams share the updates, so a slow one costs a few references.
     */
    @WithDefault("16")
    int watcherQueueMax();

    /** Batches of journal records waiting to be applied at most; beyond it reading waits. */
    @WithDefault("64")
    int batchesMax();

    /** Pages remembered for those who poll, at most; a page is of up to 500 rooms, which the directory has anyway. */
    @WithDefault("1000")
    int cachedPagesMax();
}
