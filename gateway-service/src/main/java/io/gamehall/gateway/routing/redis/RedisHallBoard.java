package io.gamehall.gateway.routing.redis;

import io.gamehall.gateway.routing.HallBoard;
import io.gamehall.gateway.routing.RoutingConfig;
import io.gamehall.gateway.routing.domain.HallLoad;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The board as one Redis hash, {@code <cell>:halls}: for each process {@code until live capacity address}, where
 * {@code until} is Redis's own time in milliseconds.
 */
@Singleton
class RedisHallBoard implements HallBoard {
    private static final RedisScript PUBLISH = new RedisScript("redis/hall_publish.lua");

    private final HeldConnections redis;
    private final String key;
    private final String aliveMs;
    /** Of this process: an address may have several, or have had another. */
    private final String instance = UUID.randomUUID().toString();

    @Inject
    RedisHallBoard(HeldConnections redis, Cell cell, RoutingConfig config) {
        this(redis, cell.name() + ":halls", config.alive());
    }

    RedisHallBoard(HeldConnections redis, String key, Duration alive) {
        this.redis = redis;
        this.key = key;
        this.aliveMs = Long.toString(alive.toMillis());
    }

    @Override
    public Uni<List<HallLoad>> publish(HallLoad own) {
        var arguments =
                List.of(instance, aliveMs, Long.toString(own.live()), Long.toString(own.capacity()), own.address());
        return UniHelper.toUni(PUBLISH.run(redis, List.of(key), arguments)).map(RedisHallBoard::loads);
    }

    @Override
    public Uni<Void> withdraw() {
        return UniHelper.toUni(redis.send(Request.cmd(Command.HDEL).arg(key).arg(instance)))
                .replaceWithVoid();
    }

    private static List<HallLoad> loads(Response lines) {
        var loads = new ArrayList<HallLoad>(lines.size());
        for (var line : lines) {
            var words = line.toString().split(" ", 4);
            loads.add(new HallLoad(words[3], Long.parseLong(words[1]), Long.parseLong(words[2])));
        }
        return loads;
    }
}
