package io.gamehall.gateway.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of players' event streams. */
@ConfigMapping(prefix = "gamehall.events")
public interface EventsConfig {
    /** Events waiting for one client at most; beyond it the stream ends with TOO_SLOW. */
    @WithDefault("256")
    int queueMax();

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
