package io.gamehall.reward.redis;

import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.LoopClients;
import io.gamehall.platform.Tickets;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** This service's way to Redis, where the sessions and the leaderboards are. */
class RedisAccess {
    @Produces
    @Singleton
    HeldConnections connections(
            Redis redis,
            Vertx vertx,
            RedisConfig redisConfig,
            TlsConfigurationRegistry tls,
            LiveTickets.Settings settings) {
        var loopClients = new LoopClients(vertx, redisConfig, tls);
        return new HeldConnections(redis, loopClients::make, settings.timeout());
    }

    @Produces
    @Singleton
    LiveTickets tickets(
            Tickets tickets,
            Redis redis,
            HeldConnections connections,
            Vertx vertx,
            Cell cell,
            LiveTickets.Settings settings) {
        return new LiveTickets(tickets, redis, connections, vertx, cell, settings);
    }

    void start(@Observes StartupEvent started, LiveTickets tickets) {
        tickets.start();
    }

    void stop(@Observes ShutdownEvent stopped, LiveTickets tickets) {
        tickets.close();
    }
}
