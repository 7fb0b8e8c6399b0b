package io.gamehall.gateway.session.redis;

import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.LoopClients;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** This service's way to Redis. */
class RedisAccess {
    @Produces
    @Singleton
    HeldConnections connections(
            Redis redis, Vertx vertx, RedisConfig redisConfig, TlsConfigurationRegistry tls, SessionConfig config) {
        var loopClients = new LoopClients(vertx, redisConfig, tls);
        return new HeldConnections(redis, loopClients::make, config.timeout());
    }
}
