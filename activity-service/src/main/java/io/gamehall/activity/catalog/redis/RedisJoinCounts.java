package io.gamehall.activity.catalog.redis;

import io.gamehall.activity.catalog.JoinCounts;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;

/** Reads {@code taken} of the activity's state. */
@ApplicationScoped
class RedisJoinCounts implements JoinCounts {
    private final HeldConnections connections;
    private final String cell;

    RedisJoinCounts(HeldConnections connections, Cell cell) {
        this.connections = connections;
        this.cell = cell.name();
    }

    @Override
    public Uni<OptionalLong> taken(ActivityId id) {
        var state = ActivityKeys.of(cell, id.value()).state();
        return UniHelper.toUni(
                        connections.send(Request.cmd(Command.HGET).arg(state).arg("taken")))
                .map(taken -> taken == null ? OptionalLong.empty() : OptionalLong.of(taken.toLong()));
    }
}
