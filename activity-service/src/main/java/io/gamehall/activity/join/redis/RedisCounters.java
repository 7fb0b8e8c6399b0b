package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.join.Counters;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Marks are gathered under a key of their own and take their place in one step ({@code redis/open.lua}). */
@ApplicationScoped
public class RedisCounters implements Counters {
    private static final RedisScript OPEN = new RedisScript("redis/open.lua");
    private static final int STAGED_FOR_SECONDS = 600;

    private final HeldConnections connections;
    private final String cell;

    public RedisCounters(HeldConnections connections, Cell cell) {
        this.connections = connections;
        this.cell = cell.name();
    }

    /** Whether every shard's are. */
    @Override
    public Uni<Boolean> isOpen(Activity activity) {
        return UniHelper.toUni(ofAll(
                        activity,
                        keys -> connections.send(Request.cmd(Command.EXISTS).arg(keys.state())))
                .map(found -> found.stream().allMatch(one -> one.toInteger() == 1)));
    }

    @Override
    public Uni<Void> stage(Activity activity, String rebuild, List<LedgerRow> rows) {
        var marks = new TreeMap<Integer, Request>();
        var shards = activity.terms().shards();
        for (var row : rows) {
            marks.computeIfAbsent(Shards.homeOf(row.player(), shards), shard -> Request.cmd(Command.HSET)
                            .arg(staged(activity, shard, rebuild)))
                    .arg(ActivityKeys.field(row.player(), row.ordinal()))
                    .arg(row.joinedAtMs());
        }
        var set = new ArrayList<Future<Response>>();
        marks.forEach((shard, request) -> set.add(connections
                .send(request)
                .compose(done -> connections.send(Request.cmd(Command.EXPIRE)
                        .arg(staged(activity, shard, rebuild))
                        .arg(STAGED_FOR_SECONDS)))));
        return UniHelper.toUni(Future.all(set)).replaceWithVoid();
    }

    /** Shards that are there keep what they have. Those that were not get their shares with the next join. */
    @Override
    public Uni<Void> open(Activity activity, String rebuild, long taken) {
        return UniHelper.toUni(ofAll(
                                activity,
                                keys -> connections.send(
                                        Request.cmd(Command.HLEN).arg(keys.staged(rebuild))))
                        .compose(staged -> {
                            var gathered =
                                    staged.stream().mapToLong(Response::toLong).sum();
                            if (gathered != taken) {
                                return Future.failedFuture("Of " + taken + " gathered marks " + gathered + " are left");
                            }
                            return openAll(activity, rebuild, staged);
                        }))
                .replaceWithVoid();
    }

    private Future<?> openAll(Activity activity, String rebuild, List<Response> taken) {
        var all = ActivityKeys.all(cell, activity.id().value(), activity.terms().shards());
        var opened = new ArrayList<Future<Response>>();
        for (var shard = 0; shard < all.size(); shard++) {
            var keys = all.get(shard);
            opened.add(OPEN.run(
                    connections,
                    List.of(keys.state(), keys.marks(), keys.staged(rebuild)),
                    List.of(Long.toString(activity.version()), taken.get(shard).toString(), rebuild)));
        }
        return Future.all(opened);
    }

    private String staged(Activity activity, int shard, String rebuild) {
        return ActivityKeys.of(cell, activity.id().value(), shard).staged(rebuild);
    }

    private Future<List<Response>> ofAll(Activity activity, Function<ActivityKeys, Future<Response>> question) {
        var asked = ActivityKeys.all(
                        cell, activity.id().value(), activity.terms().shards())
                .stream()
                .map(question)
                .toList();
        return Future.all(asked).map(answers -> answers.<Response>list());
    }
}
