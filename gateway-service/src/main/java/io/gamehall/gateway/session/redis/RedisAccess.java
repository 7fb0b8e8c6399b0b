package io.gamehall.gateway.session.redis;

import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.platform.HeldConnections;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** This service's way to Redis. */
class RedisAccess {
    @Produces
    @Singleton
    HeldConnections connections(Redis redis, SessionConfig config) {
        return new HeldConnections(redis, config.timeout());
    }
}
