package io.gamehall.gateway.limits;

import io.gamehall.platform.limits.Pace;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * How much one client may ask of this process, beside what one session may ({@code SessionLimits.Settings} of the
 * platform). What is over is refused with a reason, and costs a look-up. Sizes of messages, bodies and headers are
 * {@code quarkus.grpc.server.max-inbound-message-size} and {@code quarkus.http.limits}.
 */
@ConfigMapping(prefix = "gamehall.limits")
public interface LimitsConfig {
    /** Calls of one address, or of one /64 network of IPv6: many players may share one. */
    @WithDefault("1000/2000")
    Pace address();

    /** Server streams at once of one address, or of one /64 network of IPv6. */
    @WithDefault("1000")
    int addressStreamsMax();

    /** Addresses and blocks to which the limits of addresses do not apply, e.g. {@code 10.0.0.0/8}. Sessions' do. */
    Optional<List<String>> exempt();

    /** Addresses remembered at once, at about 150 bytes each. Beyond it those that call seldom are forgotten first. */
    @WithDefault("100000")
    int trackedMax();
}
