package io.gamehall.gateway.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of what all server streams have in common. */
@ConfigMapping(prefix = "gamehall.outbound")
public interface OutboundConfig {
    /**
     * How often a connection that carries streams is asked for a sign of life. One that has not answered by the next
     * time is given up: its client has gone without a word. Twice this, and the owners' 30 s, is how long a player who
     * dropped off the net keeps a seat.
     */
    @WithDefault("10s")
    Duration ping();

    /**
     * Over how long streams are ended when this process stops: thousands are not to reconnect at once. Less than {@code
     * quarkus.shutdown.delay}, which starts at the same moment, and after which no call is taken any more; the process
     * does not start otherwise.
     */
    @WithDefault("3s")
    Duration drainSpread();

    /**
     * How long the client of a stream that was ended may take to read what waits, and the last message. Then the stream
     * is reset, and what was written and not read is forgotten.
     */
    @WithDefault("5s")
    Duration lastMax();
}
