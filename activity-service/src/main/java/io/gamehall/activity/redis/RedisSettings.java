package io.gamehall.activity.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this service talks to Redis, beside {@code quarkus.redis}. */
@ConfigMapping(prefix = "gamehall.redis")
public interface RedisSettings {
    /** The longest wait for an answer, and for a connection. */
    @WithDefault("1S")
    Duration timeout();
}
