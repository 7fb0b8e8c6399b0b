package io.gamehall.gateway.connections;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long a client may hold a connection without using it; looked at every {@link #sweep()}. How many connections there
 * may be: {@code quarkus.http.limits.max-connections}.
 */
@ConfigMapping(prefix = "gamehall.connections")
public interface ConnectionsConfig {
    /** From connecting to the first request's headers, however busily they dribble in. */
    @WithDefault("15s")
    Duration firstRequest();

    /** From a request's headers to its last byte. Also how long a stream from a client may last: we have none. */
    @WithDefault("30s")
    Duration request();

    /** Without any request under way. */
    @WithDefault("10m")
    Duration idle();

    /** Between two looks. A connection may outlive its time by so much. */
    @WithDefault("5s")
    Duration sweep();
}
