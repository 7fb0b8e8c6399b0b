package io.gamehall.gateway.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much one client may ask of this process. What is over is refused with a reason, and costs a look-up. Sizes of
 * messages, bodies and headers are {@code quarkus.grpc.server.max-inbound-message-size} and {@code quarkus.http.limits}.
 */
@ConfigMapping(prefix = "gamehall.limits")
public interface LimitsConfig {
    /** Calls of one address, or of one /64 network of IPv6: many players may share one. */
    @WithDefault("1000/2000")
    Pace address();

    /** Calls with one session token. */
    @WithDefault("100/200")
    Pace session();

    /** Server streams at once of one address, or of one /64 network of IPv6. */
    @WithDefault("1000")
    int addressStreamsMax();

    /** Addresses and blocks to which the limits of addresses do not apply, e.g. {@code 10.0.0.0/8}. Sessions' do. */
    Optional<List<String>> exempt();

    /** Addresses, and sessions, remembered at once, at about 150 bytes each. Beyond it those that call seldom are forgotten first. */
    @WithDefault("100000")
    int trackedMax();

    /**
     * So many calls a second in the long run, and so many at once.
     *
     * @param rate 1-1,000,000
     * @param burst 1-1,000,000
     */
    record Pace(int rate, int burst) {
        private static final int MAX = 1_000_000;

        public Pace {
            if (rate < 1 || rate > MAX || burst < 1 || burst > MAX) {
                throw new IllegalArgumentException("Rate and burst are 1-" + MAX + ", not " + rate + "/" + burst);
            }
        }

        /** Reads {@code rate/burst}. */
        public static Pace of(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) throw new IllegalArgumentException("Write rate/burst, e.g. 100/200, not " + text);
            return new Pace(
                    Integer.parseInt(text.substring(0, slash).strip()),
                    Integer.parseInt(text.substring(slash + 1).strip()));
        }

        /** After so long a silence a bucket is as good as new. */
        Duration recovery() {
            return Duration.ofMillis(1 + 1_000L * burst / rate);
        }
    }
}
