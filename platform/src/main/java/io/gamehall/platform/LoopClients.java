package io.gamehall.platform;

import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of Redis for single event loops, set up as the application's. All connections of a Vert.x 4.5 client are on the
 * event loop on which it was made, so with one client for all of them the commands of the others change threads twice.
 */
public final class LoopClients {
    private final Vertx vertx;
    private final RedisConfig config;
    private final TlsConfigurationRegistry tls;
    private final AtomicInteger number = new AtomicInteger();

    public LoopClients(Vertx vertx, RedisConfig config, TlsConfigurationRegistry tls) {
        this.vertx = vertx;
        this.config = config;
        this.tls = tls;
    }

    /** One more client, of the event loop that calls. It is closed with Vert.x. */
    public Redis make() {
        // Not in the context of a call: the client would keep what belongs to that.
        var loop = ((VertxInternal) vertx).getOrCreateContext().unwrap();
        var before = loop.beginDispatch();
        try {
            var name = "event-loop-" + number.incrementAndGet();
            return VertxRedisClientFactory.create(name, vertx, config.defaultRedisClient(), tls);
        } finally {
            loop.endDispatch(before);
        }
    }
}
