package io.gamehall.gateway.play;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the calls to the owners of rooms. */
@ConfigMapping(prefix = "gamehall.play")
public interface PlayConfig {
    /** How long a player's call may take in all, retries included. */
    @WithDefault("3s")
    Duration deadline();

    /** How long to wait before the first retry; doubles with each, up to {@link #backoffMax()}. */
    @WithDefault("20ms")
    Duration backoff();

    /** How long to wait between two tries at most. */
    @WithDefault("250ms")
    Duration backoffMax();

    /** How long the directory may still show a room that its player has just left. */
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
