package io.gamehall.gateway.play;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * When calls to an owner are not sent any more. Without an answer is: no connection, or none in time. Every other answer
 * is one.
 */
@ConfigMapping(prefix = "gamehall.play.breaker")
public interface BreakerConfig {
    /** Of how many calls, the last ones, those without an answer are counted. */
    @WithDefault("20")
    int calls();

    /** From which share of them without an answer on no more are sent, 0 to 1. */
    @WithDefault("0.5")
    double failures();

    /** How long; then one call tries, and if it is answered, all are sent again. */
    @WithDefault("1s")
    Duration rest();
}
