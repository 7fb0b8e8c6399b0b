package io.gamehall.gateway.session.redis;

import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.gateway.session.SessionRegistry;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.Reason;
import io.gamehall.platform.RedisScript;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Sessions as Redis hashes {@code <cell>:session:<player>} with the field {@code gen}. */
@Singleton
class RedisSessionRegistry implements SessionRegistry {
    private static final Logger LOG = Logger.getLogger(RedisSessionRegistry.class);
    private static final RedisScript RAISE = new RedisScript("redis/session_raise.lua");
    private static final RedisScript VOUCH = new RedisScript("redis/session_vouch.lua");
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final HeldConnections redis;
    private final String cell;
    private final String rememberedSeconds;

    RedisSessionRegistry(HeldConnections redis, Cell cell, SessionConfig config) {
        this.redis = redis;
        this.cell = cell.name();
        this.rememberedSeconds = Long.toString(config.remembered().toSeconds());
    }

    /** Channel on which begun sessions are told, as {@code <player>:<generation>}. */
    static String channel(String cell) {
        return cell + ":sessions";
    }

    @Override
    public Uni<Long> raise(long player) {
        return answer(() -> RAISE.run(
                        redis, List.of(key(player)), List.of(digits(player), rememberedSeconds, channel(cell))))
                .map(Response::toLong);
    }

    @Override
    public Uni<Long> vouch(long player, long generation) {
        return answer(() ->
                        VOUCH.run(redis, List.of(key(player)), List.of(Long.toString(generation), rememberedSeconds)))
                .map(Response::toLong);
    }

    private Uni<Response> answer(Supplier<Future<Response>> call) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(call.get()))
                .onFailure()
                .transform(failure -> {
                    LOG.warnf("Redis does not answer: %s", failure.getMessage());
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The session registry does not answer")
                            .retryAfter(RETRY);
                });
    }

    private String key(long player) {
        return cell + ":session:" + digits(player);
    }

    private static String digits(long player) {
        return Long.toUnsignedString(player);
    }
}
