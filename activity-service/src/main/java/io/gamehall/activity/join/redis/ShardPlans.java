package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.join.JoinMeters;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Deals an activity's quota out to its shards: when it opens, when its quota is edited, and when a part of it was lost
 * on the way between two shards. Any number of processes may do it at the same time, and any of them may die at any
 * point: the next one goes on.
 *
 * <p>Every shard is frozen first, so that what has been given does not change while the rest is dealt out. The plan
 * that was made of that is written down in the first shard, once for its number; then each shard is given its share in
 * it, once. A shard gives joins only in the plan in which it has a share, and the shares of a plan are together never
 * more than the quota (or what had been given, where that is more): so it is never oversold.
 */
final class ShardPlans {
    private static final RedisScript FREEZE = new RedisScript("redis/freeze.lua");
    private static final RedisScript PLAN = new RedisScript("redis/plan.lua");
    private static final RedisScript SETTLE = new RedisScript("redis/settle.lua");

    private final HeldConnections connections;
    private final JoinMeters meters;
    private final String cell;

    ShardPlans(HeldConnections connections, JoinMeters meters, String cell) {
        this.connections = connections;
        this.meters = meters;
        this.cell = cell;
    }

    /** What every shard says, in their order. Not at one moment: each gives more meanwhile. */
    Future<List<ShardState>> look(Activity activity) {
        return ofAll(activity, shard -> {
                    var read = Request.cmd(Command.HMGET).arg(state(activity, shard));
                    ShardState.FIELDS.forEach(read::arg);
                    return connections.send(read);
                })
                .map(answers -> answers.stream().map(ShardState::of).toList());
    }

    /**
     * Sees that every shard has a share of the quota that the activity has in these terms. Does nothing where another
     * deals out meanwhile: who needs a share asks for a join again.
     *
     * @param shards what {@link #look} found: none is lost
     */
    Future<Void> settle(Activity activity, List<ShardState> shards) {
        var quota = activity.terms().quota();
        var plan = shards.getFirst().plan();
        var settled = shards.stream().allMatch(shard -> shard.isSettledFor(quota) && shard.plan() == plan);
        return settled ? Future.succeededFuture() : deal(activity, shards);
    }

    /** Deals out what is left in a new plan, though every shard may have a share: some of it is missing. */
    Future<Void> deal(Activity activity, List<ShardState> shards) {
        var number = Long.toString(number(shards));
        // The first shard before the others: what it knows nothing of was not begun.
        return freeze(activity, 0, number, shards)
                .compose(first -> isOver(first)
                        ? Future.succeededFuture()
                        : ofAll(activity, shard -> freeze(activity, shard, number, shards))
                                .compose(frozen -> plan(activity, number, frozen, shards))
                                .compose(plan -> settle(activity, number, plan, shards)));
    }

    /** Of the plan that was begun and not finished, or of a new one. */
    private static long number(List<ShardState> shards) {
        var latest = shards.stream().mapToLong(ShardState::plan).max().orElse(0);
        // A shard in no plan has been rebuilt: its share may have been lent since, so the latest plan's is not true.
        var begun = shards.getFirst().plan() == latest
                && shards.stream().allMatch(shard -> shard.plan() > 0)
                && shards.stream().anyMatch(shard -> shard.isFrozen() || shard.plan() < latest);
        return begun ? latest : latest + 1;
    }

    private Future<Response> freeze(Activity activity, int shard, String number, List<ShardState> looked) {
        var opening = looked.get(shard).opening();
        var version = Long.toString(activity.version());
        return FREEZE.run(connections, List.of(state(activity, shard)), List.of(number, opening, version));
    }

    /** Whether a shard says that it is lost, or that another plan's turn has come. */
    private static boolean isOver(Response frozen) {
        var said = frozen.get(0).toString();
        return !said.equals("FROZEN") && !said.equals("SETTLED");
    }

    /** The plan of that number, or null. */
    private Future<Response> plan(Activity activity, String number, List<Response> frozen, List<ShardState> looked) {
        var taken = new ArrayList<Long>();
        for (var shard : frozen) {
            if ("FROZEN".equals(shard.get(0).toString())) taken.add(shard.get(1).toLong());
        }
        // Where one is settled, the plan exists; where one is lost or in a later plan, this one is over.
        var quota = activity.terms().quota();
        var proposal = taken.size() < frozen.size()
                ? ""
                : Stream.concat(Stream.of(quota), Shards.deal(quota, taken).stream())
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
        return PLAN.run(
                connections,
                List.of(state(activity, 0)),
                List.of(number, proposal, looked.getFirst().opening()));
    }

    private Future<Void> settle(Activity activity, String number, Response plan, List<ShardState> looked) {
        if (plan == null) return Future.succeededFuture();
        var numbers = plan.toString().split(" ");
        return ofAll(activity, shard -> {
                    var opening = looked.get(shard).opening();
                    var arguments = List.of(number, numbers[0], numbers[shard + 1], opening);
                    return SETTLE.run(connections, List.of(state(activity, shard)), arguments);
                })
                .onSuccess(settled -> meters.dealt())
                .mapEmpty();
    }

    private static Future<List<Response>> ofAll(Activity activity, IntFunction<Future<Response>> question) {
        var asked =
                IntStream.range(0, activity.terms().shards()).mapToObj(question).toList();
        return Future.all(asked).map(answers -> answers.<Response>list());
    }

    private String state(Activity activity, int shard) {
        return ActivityKeys.of(cell, activity.id().value(), shard).state();
    }
}
