package io.gamehall.activity.redis;

import io.gamehall.platform.HeldConnections;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** This service's way to Redis. */
class RedisAccess {
    @Produces
    @Singleton
    HeldConnections connections(Redis redis, RedisSettings settings) {
        return new HeldConnections(redis, settings.timeout());
    }
}
