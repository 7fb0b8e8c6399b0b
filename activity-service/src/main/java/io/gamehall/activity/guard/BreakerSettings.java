package io.gamehall.activity.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When calls to Redis, Kafka or the database are not sent any more. */
@ConfigMapping(prefix = "gamehall.breakers")
public interface BreakerSettings {
    /** Of how many calls, the last ones, those without an answer are counted. */
    @WithDefault("100")
    int calls();

    /** From which share of them without an answer on no more are sent, 0 to 1. */
    @WithDefault("0.5")
    double failures();

    /** How long; then one call tries, and if it is answered, all are sent again. */
    @WithDefault("5S")
    Duration rest();
}
