package io.gamehall.gateway.play;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the calls to the owners of rooms. */
@ConfigMapping(prefix = "gamehall.play")
public interface PlayConfig {
    /**
     * How long a player's call may take in all: an entry's word with the registry, the lines that are left first, and
     * all tries. Only what came of an entry is told to the registry after it.
     */
    @WithDefault("3s")
    Duration deadline();

    /** How long one try at an owner may take. The next one carries the same request id, so it is answered once. */
    @WithDefault("1s")
    Duration tryMax();

    /** How long to wait before the first retry; doubles with each, up to {@link #backoffMax()}. */
    @WithDefault("20ms")
    Duration backoff();

    /** How long to wait between two tries at most. */
    @WithDefault("250ms")
    Duration backoffMax();

    /** How long the directory may take to show what has just happened: a room opened, a room left. */
    @WithDefault("300ms")
    Duration settle();

    /** Calls on their way to one owner at most; beyond it they are shed with OVERLOADED. */
    @WithDefault("2000")
    int inFlightMax();

    /** Connections to owners at most. */
    @WithDefault("256")
    int channelsMax();

    /** The secret that tells owners that a gateway is calling. */
    String serviceCredential();
}
