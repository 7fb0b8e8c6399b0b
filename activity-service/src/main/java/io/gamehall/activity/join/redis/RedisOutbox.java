package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Outbox;
import io.gamehall.activity.join.Participants.OutboxEntry;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A stream for each shard of an activity, written by {@code redis/join.lua}. */
@ApplicationScoped
public class RedisOutbox implements Outbox {
    private static final RedisScript DUE = new RedisScript("redis/due.lua");

    private final HeldConnections connections;
    private final String cell;

    public RedisOutbox(HeldConnections connections, Cell cell) {
        this.connections = connections;
        this.cell = cell.name();
    }

    @Override
    public Uni<Due> due(Activity activity, Duration age, int max) {
        var arguments = List.of(Long.toString(age.toMillis()), Integer.toString(max));
        var asked = new ArrayList<Future<Due>>();
        for (var shard = 0; shard < activity.terms().shards(); shard++) asked.add(due(activity, shard, arguments));
        return UniHelper.toUni(Future.all(asked).map(answers -> together(answers.list(), max)));
    }

    @Override
    public Uni<Void> settle(Activity activity, List<String> entries) {
        var shards = entries.stream().collect(Collectors.groupingBy(OutboxEntries::shard));
        var removed = new ArrayList<Future<Response>>();
        shards.forEach((shard, ids) -> {
            var remove = Request.cmd(Command.XDEL).arg(outbox(activity, shard));
            ids.forEach(id -> remove.arg(OutboxEntries.entry(id)));
            removed.add(connections.send(remove));
        });
        return UniHelper.toUni(Future.all(removed)).replaceWithVoid();
    }

    private Future<Due> due(Activity activity, int shard, List<String> arguments) {
        return DUE.run(connections, List.of(outbox(activity, shard)), arguments)
                .map(answer ->
                        new Due(Duration.ofMillis(answer.get(0).toLong()), entries(activity, shard, answer.get(1))));
    }

    private static Due together(List<Due> shards, int max) {
        var oldest = shards.stream().map(Due::oldest).max(Duration::compareTo).orElse(Duration.ZERO);
        var entries = shards.stream()
                .flatMap(shard -> shard.entries().stream())
                .sorted(Comparator.comparingLong(entry -> entry.join().joinedAtMs()))
                .limit(max)
                .toList();
        return new Due(oldest, entries);
    }

    private String outbox(Activity activity, int shard) {
        return ActivityKeys.of(cell, activity.id().value(), shard).outbox();
    }

    private static List<OutboxEntry> entries(Activity activity, int shard, Response answer) {
        var entries = new ArrayList<OutboxEntry>(answer.size());
        for (var entry : answer) {
            entries.add(OutboxEntries.entry(activity, shard, entry.get(0).toString(), entry.get(1)));
        }
        return entries;
    }
}
