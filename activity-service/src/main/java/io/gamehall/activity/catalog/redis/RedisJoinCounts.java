package io.gamehall.activity.catalog.redis;

import io.gamehall.activity.catalog.JoinCounts;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** Sums {@code taken} over the states of the activity's shards. */
@Singleton
class RedisJoinCounts implements JoinCounts {
    private final HeldConnections connections;
    private final String cell;

    RedisJoinCounts(HeldConnections connections, Cell cell) {
        this.connections = connections;
        this.cell = cell.name();
    }

    @Override
    public Uni<OptionalLong> taken(Activity activity) {
        var asked = ActivityKeys.all(
                        cell, activity.id().value(), activity.terms().shards())
                .stream()
                .map(keys -> connections.send(
                        Request.cmd(Command.HGET).arg(keys.state()).arg("taken")))
                .toList();
        return UniHelper.toUni(Future.all(asked).map(answers -> sum(answers.list())));
    }

    /** Not known, as long as the data of a shard is lost. */
    private static OptionalLong sum(List<Response> shards) {
        var sum = 0L;
        for (var taken : shards) {
            if (taken == null) return OptionalLong.empty();
            sum += taken.toLong();
        }
        return OptionalLong.of(sum);
    }
}
