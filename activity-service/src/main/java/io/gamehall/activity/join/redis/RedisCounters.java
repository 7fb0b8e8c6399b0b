package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Counters;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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

    @Override
    public Uni<Boolean> isOpen(Activity activity) {
        return UniHelper.toUni(connections
                .send(Request.cmd(Command.EXISTS).arg(keys(activity).state()))
                .map(found -> found.toInteger() == 1));
    }

    @Override
    public Uni<Void> stage(Activity activity, String rebuild, List<LedgerRow> rows) {
        var staged = keys(activity).staged(rebuild);
        var marks = Request.cmd(Command.HSET).arg(staged);
        for (var row : rows) {
            marks.arg(ActivityKeys.field(row.player(), row.ordinal())).arg(row.joinedAtMs());
        }
        return UniHelper.toUni(connections
                        .send(marks)
                        .compose(set -> connections.send(
                                Request.cmd(Command.EXPIRE).arg(staged).arg(STAGED_FOR_SECONDS))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> open(Activity activity, String rebuild, long taken) {
        var keys = keys(activity);
        return UniHelper.toUni(OPEN.run(
                        connections,
                        List.of(keys.state(), keys.marks(), keys.staged(rebuild)),
                        List.of(Long.toString(activity.version()), Long.toString(taken))))
                .replaceWithVoid();
    }

    private ActivityKeys keys(Activity activity) {
        return ActivityKeys.of(cell, activity.id().value());
    }
}
