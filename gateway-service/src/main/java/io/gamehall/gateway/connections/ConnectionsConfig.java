package io.gamehall.gateway.connections;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long a client may hold a connection without using it, looked at every {@link #sweep()}, and how many of them. How
 * many connections there may be of all clients: {@code quarkus.http.limits.max-connections}.
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

    /**
     * Connections at once of one address, or of one /64 network of IPv6: many players may share one. One more is closed
     * at its first request, or when it is looked at. Those of trusted proxies ({@code gamehall.routing.trusted-proxies})
     * and of addresses without limits ({@code gamehall.limits.exempt}) are not counted.
     */
    @WithDefault("2000")
    int addressMax();

    /** Between two looks. A connection may outlive its time by so much. */
    @WithDefault("5s")
    Duration sweep();
}
