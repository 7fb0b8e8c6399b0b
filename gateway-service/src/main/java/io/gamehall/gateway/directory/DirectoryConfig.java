package io.gamehall.gateway.directory;

import io.quarkus.runtime.configuration.MemorySize;
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
     * Updates waiting for one stream that carries rooms or tables at most; beyond it all that wait are dropped, and a snapshot
     * follows when the client has read on.
     */
    @WithDefault("16")
    int watcherQueueMax();

    /** The same in bytes on the wire. One update, which all streams of a game share, may be larger. */
    @WithDefault("256K")
    MemorySize watcherQueueBytesMax();

    /** How long a client that is to get a snapshot may take to read on; then its stream ends. */
    @WithDefault("10s")
    Duration watcherSlowMax();

    /** Watches at once of one player, of rooms and of tables together; the oldest ends when there are more. */
    @WithDefault("8")
    int playerWatchesMax();

    /**
     * How long who wants to watch the tables of a room may seem not to be in it: an entry may be answered before this
     * process has read of it.
     */
    @WithDefault("1s")
    Duration entryWait();

    /** Batches of journal records waiting to be applied at most; beyond it reading waits. */
    @WithDefault("64")
    int batchesMax();

    /** Pages remembered for those who poll, at most; a page is of up to 500 rooms, which the directory has anyway. */
    @WithDefault("1000")
    int cachedPagesMax();
}
