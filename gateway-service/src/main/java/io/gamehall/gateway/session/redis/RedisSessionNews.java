package io.gamehall.gateway.session.redis;

import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Cell;
import io.gamehall.platform.SessionNews;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells the sessions of this gateway what the others have begun and ended. Ready once it has listened; a Redis that goes
 * away later does not take the gateway out of service.
 */
@Singleton
@Readiness
class RedisSessionNews implements HealthCheck {
    private final SessionNews news;

    RedisSessionNews(Redis redis, Sessions sessions, Vertx vertx, Cell cell, SessionConfig config) {
        this.news = new SessionNews(redis, vertx, cell.name(), config.timeout(), sessions);
    }

    void start(@Observes StartupEvent started) {
        news.start();
    }

    void stop(@Observes ShutdownEvent ended) {
        news.close();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("session news")
                .status(news.hasListened())
                .build();
    }
}
