package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.JoinMeters;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.AskedOnce;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Brings quota to a shard that has none left, from the one that has most. What is under way between two shards counts
 * for neither; what a crash leaves there is dealt out again as soon as it would be missed, that is before an activity
 * is called sold out that is not.
 *
 * <p>One at a time for each shard in this process; whoever asks meanwhile waits for the same. That all is given is
 * remembered for {@value #SOLD_OUT_MS} ms, so a crowd before a sold-out activity costs two looks a second.
 */
final class ShardLoans {
    /** What a shard that was empty can hope for. */
    enum Loan {
        /** Something has changed: ask for the join again. */
        ASK_AGAIN,
        /** All shards together have given the quota. */
        SOLD_OUT,
        /** The data of a shard is lost, so nobody knows. */
        LOST,
        /** A shard has heard of newer terms. */
        STALE
    }

    private static final RedisScript LEND = new RedisScript("redis/lend.lua");
    private static final RedisScript BORROW = new RedisScript("redis/borrow.lua");
    private static final long SOLD_OUT_MS = 500;
    /** What a shard lends as a whole; of more it keeps half. */
    private static final String WHOLE_LOAN = "16";
    /** How often, and how long, it is waited for what may be under way between two shards. */
    private static final int LOOKS_MAX = 5;

    private static final Duration LOOK_PAUSE = Duration.ofMillis(5);

    private final HeldConnections connections;
    private final JoinMeters meters;
    private final ShardPlans plans;
    private final String cell;
    private final Map<Shard, Uni<Loan>> running = new ConcurrentHashMap<>();
    private final Map<ActivityId, Uni<Loan>> settling = new ConcurrentHashMap<>();
    private final Map<ActivityId, SoldOut> soldOut = new ConcurrentHashMap<>();

    private record Shard(ActivityId activity, int number) {}

    private record SoldOut(long quota, long untilNanos) {}

    ShardLoans(HeldConnections connections, JoinMeters meters, String cell) {
        this.connections = connections;
        this.meters = meters;
        this.plans = new ShardPlans(connections, meters, cell);
        this.cell = cell;
    }

    /** Sees that every shard knows its share, if that can be. */
    Uni<Loan> settle(Activity activity) {
        return settling.computeIfAbsent(
                activity.id(),
                id -> AskedOnce.of(deferred(() -> plans.look(activity).compose(shards -> obstacle(activity, shards)
                                .map(Future::succeededFuture)
                                .orElseGet(() -> plans.settle(activity, shards).map(Loan.ASK_AGAIN))))
                        .onTermination()
                        .invoke(() -> settling.remove(id))));
    }

    /** Whether the activity was found to be sold out a moment ago. */
    boolean isSoldOut(Activity activity) {
        var found = soldOut.get(activity.id());
        return found != null && found.quota == activity.terms().quota() && System.nanoTime() - found.untilNanos < 0;
    }

    /** Looks for quota for a shard that has none left. */
    Uni<Loan> borrow(Activity activity, int shard) {
        return running.computeIfAbsent(
                new Shard(activity.id(), shard),
                key -> AskedOnce.of(look(activity, shard, 1).onTermination().invoke(() -> running.remove(key))));
    }

    private Uni<Loan> look(Activity activity, int shard, int looks) {
        return deferred(() -> plans.look(activity)).chain(shards -> {
            var obstacle = obstacle(activity, shards);
            if (obstacle.isPresent()) return Uni.createFrom().item(obstacle.get());
            var quota = activity.terms().quota();
            if (given(shards) >= quota) {
                soldOut.put(activity.id(), new SoldOut(quota, System.nanoTime() + SOLD_OUT_MS * 1_000_000));
                return Uni.createFrom().item(Loan.SOLD_OUT);
            }
            if (shards.stream().anyMatch(one -> !one.isSettledFor(quota))) return settle(activity);
            if (shards.get(shard).left() > 0) return Uni.createFrom().item(Loan.ASK_AGAIN);
            return lender(shards)
                    .map(rich -> deferred(
                            () -> move(activity, rich, shard, shards.get(shard).plan())))
                    .orElseGet(() -> nobody(activity, shard, shards, looks));
        });
    }

    /** Why nothing can be done here. */
    private static Optional<Loan> obstacle(Activity activity, List<ShardState> shards) {
        if (shards.stream().anyMatch(ShardState::isLost)) return Optional.of(Loan.LOST);
        var newer = shards.stream().anyMatch(shard -> shard.version() > activity.version());
        return newer ? Optional.of(Loan.STALE) : Optional.empty();
    }

    /** At least: what a shard has given only grows. */
    private static long given(List<ShardState> shards) {
        return shards.stream().mapToLong(shard -> shard.taken().getAsLong()).sum();
    }

    private static Optional<Integer> lender(List<ShardState> shards) {
        return IntStream.range(0, shards.size())
                .boxed()
                .filter(shard -> shards.get(shard).left() > 0)
                .max(Comparator.comparingLong(shard -> shards.get(shard).left()));
    }

    private Future<Loan> move(Activity activity, int from, int to, long plan) {
        var number = Long.toString(plan);
        return LEND.run(connections, List.of(state(activity, from)), List.of(number, WHOLE_LOAN))
                .compose(lent -> lent.toLong() == 0 ? Future.succeededFuture() : add(activity, to, number, lent))
                .map(Loan.ASK_AGAIN);
    }

    private Future<Response> add(Activity activity, int shard, String plan, Response lent) {
        return BORROW.run(connections, List.of(state(activity, shard)), List.of(plan, lent.toString()))
                .onSuccess(added -> {
                    if (added.toInteger() == 1) meters.lent(lent.toLong());
                });
    }

    /** Not all is given, and nobody has any: it is under way, or it got lost there. */
    private Uni<Loan> nobody(Activity activity, int shard, List<ShardState> shards, int looks) {
        if (looks < LOOKS_MAX) {
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(LOOK_PAUSE)
                    .chain(() -> look(activity, shard, looks + 1));
        }
        return deferred(() -> plans.deal(activity, shards)).replaceWith(Loan.ASK_AGAIN);
    }

    private String state(Activity activity, int shard) {
        return ActivityKeys.of(cell, activity.id().value(), shard).state();
    }

    private static <T> Uni<T> deferred(Supplier<Future<T>> call) {
        return Uni.createFrom().deferred(() -> UniHelper.toUni(call.get()));
    }
}
