package io.gamehall.gateway.events;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of players' event streams. */
@ConfigMapping(prefix = "gamehall.events")
public interface EventsConfig {
    /**
     * Events that wait for one client, or are kept in case that it comes back, at most. The oldest are forgotten first;
     * if one would be that the client has not been sent, it gets none of them, and is told everything anew (a resync).
     */
    @WithDefault("256")
    int queueMax();

    /** The same in bytes of memory. */
    @WithDefault("128K")
    MemorySize queueBytesMax();

    /** The same for all clients together. Once that is reached, each has 8 KiB only. */
    @WithDefault("128M")
    MemorySize allBytesMax();

    /** How long a client that is to be told everything anew may take to read on; then its stream ends, TOO_SLOW. */
    @WithDefault("10s")
    Duration slowMax();

    /** A client that falls behind again within this time is not told anew: its stream ends, TOO_SLOW. */
    @WithDefault("30s")
    Duration slowAgain();

    /** How long events are kept for a client that has gone. The seat is kept as long, by the room's owner. */
    @WithDefault("30s")
    Duration away();

    /**
     * How long events that a client was sent are kept: as long as it may be away, and as long as it may take to notice
     * that ({@code gamehall.outbound.ping}, twice).
     */
    @WithDefault("60s")
    Duration kept();

    /**
     * Bytes of memory for the notices of the last {@link #away} to all players of the hall, which are told again to who
     * comes from another gateway. The oldest are forgotten first.
     */
    @WithDefault("32M")
    MemorySize noticesBytesMax();

    /** Clients that have gone, for whom events are kept, at most. */
    @WithDefault("20000")
    int awayMax();

    /** How often the owners of rooms are told which of their players are connected here; theirs to wait is 30 s. */
    @WithDefault("5s")
    Duration keepAlive();

    /** When a keep-alive that came to nothing is tried again. */
    @WithDefault("500ms")
    Duration keepAliveRetry();

    /** How often each stream's session is asked for again, in case that news of a newer one were missed. */
    @WithDefault("15s")
    Duration recheck();
}
