package io.gamehall.gateway.play.redis;

import io.gamehall.gateway.play.EntryConfig;
import io.gamehall.gateway.play.PlayConfig;
import io.gamehall.gateway.play.RoomClaims;
import io.gamehall.gateway.registry.redis.RegistryRedis;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;

/** The registry as another gateway of the cell has it: on connections of its own. */
public final class OtherGateway implements AutoCloseable {
    private final Redis redis;
    private final RoomClaims claims;

    public OtherGateway(Vertx vertx, String hosts, Cell cell, PlayConfig play, EntryConfig config) {
        redis = Redis.createClient(vertx, hosts);
        claims = new RedisRoomClaims(
                new RegistryRedis(new HeldConnections(redis, () -> redis, Duration.ofSeconds(2))), cell, play, config);
    }

    public RoomClaims claims() {
        return claims;
    }

    @Override
    public void close() {
        redis.close();
    }
}
