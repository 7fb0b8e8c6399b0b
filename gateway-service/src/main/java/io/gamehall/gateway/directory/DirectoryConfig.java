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

    /** Updates waiting for one watcher at most; beyond it they are dropped and a snapshot follows. */
    @WithDefault("16")
    int watcherQueueMax();

    /** Batches of journal records waiting to be applied at most; beyond it reading waits. */
    @WithDefault("64")
    int batchesMax();
}
