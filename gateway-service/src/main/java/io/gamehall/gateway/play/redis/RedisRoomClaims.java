package io.gamehall.gateway.play.redis;

import io.gamehall.gateway.play.EntryConfig;
import io.gamehall.gateway.play.PlayConfig;
import io.gamehall.gateway.play.RoomClaims;
import io.gamehall.gateway.registry.PlayerGroups;
import io.gamehall.gateway.registry.redis.PlayerKeys;
import io.gamehall.gateway.registry.redis.RegistryRedis;
import io.gamehall.platform.Cell;
import io.gamehall.platform.RedisScript;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Rooms and claims as Redis hashes {@code <cell>:{<group>}:rooms:<player>}; {@code rooms.lua} has the rules. */
@Singleton
class RedisRoomClaims implements RoomClaims {
    private static final Logger LOG = Logger.getLogger(RedisRoomClaims.class);
    private static final RedisScript ROOMS = new RedisScript("redis/rooms.lua");
    /** Players of one step: Redis does nothing else for a fraction of a millisecond. */
    private static final int BATCH_MAX = 100;

    private final RegistryRedis redis;
    private final PlayerKeys keys;
    private final Duration timeout;
    private final String rememberedSeconds;
    private final String followedMs;
    private final String claimMs;
    private final String doubtMs;

    RedisRoomClaims(RegistryRedis redis, Cell cell, PlayConfig play, EntryConfig config) {
        this.redis = redis;
        this.keys = new PlayerKeys(cell.name(), "rooms");
        this.timeout = config.registryTimeout();
        this.rememberedSeconds = Long.toString(config.remembered().toSeconds());
        this.followedMs = Long.toString(config.followed().toMillis());
        this.claimMs = Long.toString(play.deadline().plus(config.claimMargin()).toMillis());
        this.doubtMs = Long.toString(config.doubt().toMillis());
        if (config.claimMargin().compareTo(config.doubt()) < 0) {
            throw new IllegalArgumentException(
                    "gamehall.entry.claim-margin: not below gamehall.entry.doubt, which a claim must outlive");
        }
    }

    @Override
    public Uni<Answer> claim(Claim claim) {
        var arguments = new ArrayList<String>(
                List.of(claim.game(), claim.room().map(RoomId::value).orElse(""), claim.requestId()));
        claim.seen().forEach(room -> arguments.add(room.value()));
        return ask("claim", List.of(keys.of(claim.player().value())), arguments).map(RedisRoomClaims::answer);
    }

    private static Answer answer(Response answer) {
        return switch (answer.get(0).toString()) {
            case "busy" -> new Answer.Busy(Duration.ofMillis(answer.get(1).toLong()));
            case "held" -> new Answer.Held(new RoomId(answer.get(2).toString()));
            default -> {
                var kind = answer.get(1).toString();
                yield new Answer.Granted(room(answer, kind.equals("i")), room(answer, kind.equals("w")));
            }
        };
    }

    private static Optional<RoomId> room(Response answer, boolean isThat) {
        return isThat ? Optional.of(new RoomId(answer.get(2).toString())) : Optional.empty();
    }

    @Override
    public Uni<Void> settle(Claim claim, Outcome outcome) {
        var said =
                switch (outcome) {
                    case Outcome.In(var room) -> List.of("i", room.value());
                    case Outcome.Waits(var room) -> List.of("w", room.value());
                    case Outcome.Refused() -> List.of("x", "");
                    case Outcome.Doubtful(var notAfterMs) -> List.of("d", Long.toString(notAfterMs));
                };
        return tell(
                "settle",
                claim.player(),
                List.of(claim.game(), claim.requestId(), said.getFirst(), said.getLast(), doubtMs));
    }

    @Override
    public Uni<Void> left(PlayerId player, String game, RoomId room) {
        var told = tell("leave", player, List.of(game, room.value()));
        if (!redis.isAway()) return told;
        // Sent, but waited for by nobody: players who leave must not wait for Redis one after the other.
        told.subscribe().with(heard -> {}, away -> LOG.debugf("A leave was not told: %s", away.getMessage()));
        return UniHelper.toUni(Future.failedFuture("Redis did not answer lately"));
    }

    @Override
    public Uni<Map<PlayerId, Map<String, RoomId>>> learn(Map<PlayerId, Map<String, List<RoomId>>> seen) {
        var counts = new HashMap<PlayerId, Map<String, RoomId>>();
        return Multi.createFrom()
                .iterable(batches(seen))
                .onItem()
                .transformToUniAndConcatenate(
                        players -> learn(players, seen).invoke(answer -> read(answer, players, seen, counts)))
                .collect()
                .last()
                .map(last -> counts);
    }

    private Uni<Response> learn(List<PlayerId> players, Map<PlayerId, Map<String, List<RoomId>>> seen) {
        var arguments = new ArrayList<String>();
        for (var player : players) {
            var games = seen.get(player);
            arguments.add(Integer.toString(games.size()));
            games.forEach((game, rooms) -> {
                arguments.add(game);
                arguments.add(Integer.toString(rooms.size()));
                rooms.forEach(room -> arguments.add(room.value()));
            });
        }
        return ask(
                "learn", players.stream().map(player -> keys.of(player.value())).toList(), arguments);
    }

    /** The answer has a room, or nothing, for each game of each player, in the order in which they were told. */
    private static void read(
            Response answer,
            List<PlayerId> players,
            Map<PlayerId, Map<String, List<RoomId>>> seen,
            Map<PlayerId, Map<String, RoomId>> counts) {
        int next = 0;
        for (var player : players) {
            var rooms = new HashMap<String, RoomId>();
            for (var game : seen.get(player).keySet()) {
                var room = answer.get(next++).toString();
                if (!room.isEmpty()) rooms.put(game, new RoomId(room));
            }
            counts.put(player, Map.copyOf(rooms));
        }
    }

    /** Of one group each. */
    private static List<List<PlayerId>> batches(Map<PlayerId, ?> seen) {
        var groups = new TreeMap<Integer, List<PlayerId>>();
        for (var player : seen.keySet()) {
            groups.computeIfAbsent(PlayerGroups.of(player.value()), first -> new ArrayList<>())
                    .add(player);
        }
        var batches = new ArrayList<List<PlayerId>>();
        for (var group : groups.values()) {
            for (int from = 0; from < group.size(); from += BATCH_MAX) {
                batches.add(group.subList(from, Math.min(from + BATCH_MAX, group.size())));
            }
        }
        return batches;
    }

    /** For what the gateway can do without. */
    private Uni<Response> ask(String what, List<String> names, List<String> said) {
        var arguments = arguments(what, "0", said);
        return Uni.createFrom().deferred(() -> UniHelper.toUni(redis.runUnlessAway(ROOMS, names, arguments, timeout)));
    }

    /**
     * Sent also when the last answer did not come: the registry may be back, and a claim that it has not heard of yet
     * may lie on the same connection. Without an answer it is said once more, for which nobody waits.
     */
    private Uni<Void> tell(String what, PlayerId player, List<String> said) {
        return Uni.createFrom().deferred(() -> {
            long begunAtNanos = System.nanoTime();
            return tell(what, player, "0", said).onFailure().invoke(lost -> {
                long ageMs = 1 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunAtNanos);
                tell(what, player, Long.toString(ageMs), said)
                        .subscribe()
                        .with(told -> {}, away -> LOG.debugf("The registry was not told: %s", away.getMessage()));
            });
        });
    }

    private Uni<Void> tell(String what, PlayerId player, String ageMs, List<String> said) {
        var names = List.of(keys.of(player.value()));
        var arguments = arguments(what, ageMs, said);
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(redis.run(ROOMS, names, arguments, timeout)))
                .replaceWithVoid();
    }

    /** @param ageMs for how long this has been known here; 0: it is told for the first time */
    private List<String> arguments(String what, String ageMs, List<String> said) {
        var arguments = new ArrayList<String>(List.of(what, rememberedSeconds, followedMs, claimMs, ageMs));
        arguments.addAll(said);
        return arguments;
    }
}
