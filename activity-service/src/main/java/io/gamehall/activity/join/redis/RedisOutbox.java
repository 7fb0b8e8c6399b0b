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
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A stream for each activity, written by {@code redis/join.lua}. */
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
        return UniHelper.toUni(DUE.run(connections, List.of(outbox(activity)), arguments)
                .map(answer -> new Due(Duration.ofMillis(answer.get(0).toLong()), entries(activity, answer.get(1)))));
    }

    @Override
    public Uni<Void> settle(Activity activity, List<String> entries) {
        var remove = Request.cmd(Command.XDEL).arg(outbox(activity));
        entries.forEach(remove::arg);
        return UniHelper.toUni(connections.send(remove)).replaceWithVoid();
    }

    private String outbox(Activity activity) {
        return ActivityKeys.of(cell, activity.id().value()).outbox();
    }

    private static List<OutboxEntry> entries(Activity activity, Response answer) {
        var entries = new ArrayList<OutboxEntry>(answer.size());
        for (var entry : answer)
            entries.add(OutboxEntries.entry(activity, entry.get(0).toString(), entry.get(1)));
        return entries;
    }
}
