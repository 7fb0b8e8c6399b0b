package io.gamehall.gateway.session.redis;

import io.gamehall.gateway.registry.PlayerGroups;
import io.gamehall.gateway.registry.redis.PlayerKeys;
import io.gamehall.gateway.registry.redis.RegistryRedis;
import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.gateway.session.SessionRegistry;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.RedisScript;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.SessionNews;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Sessions as Redis hashes {@code <cell>:{<group>}:session:<player>} with the fields {@code gen} and {@code seen}: when
 * it was last in use, in ms, and nothing if the player has logged out.
 */
@Singleton
class RedisSessionRegistry implements SessionRegistry {
    private static final Logger LOG = Logger.getLogger(RedisSessionRegistry.class);
    private static final RedisScript RAISE = new RedisScript("redis/session_raise.lua");
    private static final RedisScript VOUCH = new RedisScript("redis/session_vouch.lua");
    private static final RedisScript END = new RedisScript("redis/session_end.lua");
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Sessions of one step: Redis does nothing else for a fraction of a millisecond. */
    private static final int BATCH_MAX = 100;

    private final RegistryRedis redis;
    private final PlayerKeys keys;
    private final String channel;
    private final SessionConfig config;
    private final String rememberedSeconds;

    RedisSessionRegistry(RegistryRedis redis, Cell cell, SessionConfig config) {
        this.redis = redis;
        this.keys = new PlayerKeys(cell.name(), "session");
        this.channel = SessionNews.channel(cell.name());
        this.config = config;
        this.rememberedSeconds = Long.toString(config.remembered().toSeconds());
    }

    @Override
    public Uni<Login> raise(long player) {
        var refuse = config.policy() == SessionConfig.Policy.REFUSE ? "1" : "0";
        var live = Long.toString(config.live().toMillis());
        return answer(
                        RAISE,
                        List.of(keys.of(player)),
                        List.of(PlayerKeys.digits(player), rememberedSeconds, channel, refuse, live))
                .map(answer -> answer.get(0).toString().equals("live")
                        ? new Login.Refused(Duration.ofMillis(answer.get(1).toLong()))
                        : new Login.Begun(answer.get(1).toLong(), answer.get(2).toInteger() == 1));
    }

    @Override
    public Uni<Long> vouch(long player, long generation) {
        return batch(List.of(new Known(player, generation)), true)
                .map(answer -> answer.get(0).toLong());
    }

    @Override
    public Uni<List<Long>> vouch(List<Known> sessions, boolean inUse) {
        var live = new Long[sessions.size()];
        return Multi.createFrom()
                .iterable(batches(sessions))
                .onItem()
                .transformToUniAndConcatenate(
                        places -> batch(places.stream().map(sessions::get).toList(), inUse)
                                .invoke(answer -> {
                                    for (int i = 0; i < places.size(); i++) {
                                        live[places.get(i)] = answer.get(i).toLong();
                                    }
                                }))
                .collect()
                .last()
                .map(last -> Arrays.asList(live));
    }

    @Override
    public Uni<Long> end(long player, long generation) {
        return answer(
                        END,
                        List.of(keys.of(player)),
                        List.of(PlayerKeys.digits(player), rememberedSeconds, channel, Long.toString(generation)))
                .map(Response::toLong);
    }

    /** Places in the list; those of one batch are of one group. */
    private static List<List<Integer>> batches(List<Known> sessions) {
        var groups = IntStream.range(0, PlayerGroups.COUNT)
                .<List<Integer>>mapToObj(group -> new ArrayList<>())
                .toList();
        for (int i = 0; i < sessions.size(); i++) {
            groups.get(PlayerGroups.of(sessions.get(i).player())).add(i);
        }
        var batches = new ArrayList<List<Integer>>();
        for (var group : groups) {
            for (int from = 0; from < group.size(); from += BATCH_MAX) {
                batches.add(group.subList(from, Math.min(from + BATCH_MAX, group.size())));
            }
        }
        return batches;
    }

    private Uni<Response> batch(List<Known> sessions, boolean inUse) {
        var names = new ArrayList<String>(sessions.size());
        var arguments = new ArrayList<String>(List.of(rememberedSeconds, channel, inUse ? "1" : "0"));
        for (var session : sessions) {
            names.add(keys.of(session.player()));
            arguments.add(PlayerKeys.digits(session.player()));
            arguments.add(Long.toString(session.generation()));
        }
        return answer(VOUCH, names, arguments);
    }

    private Uni<Response> answer(RedisScript script, List<String> names, List<String> arguments) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(redis.run(script, names, arguments, config.timeout())))
                .onFailure()
                .transform(failure -> {
                    // Each call of an outage comes here: a metric counts them, not the log.
                    LOG.debugf(failure, "No answer from Redis");
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The session registry does not answer")
                            .retryAfter(RETRY);
                });
    }
}
