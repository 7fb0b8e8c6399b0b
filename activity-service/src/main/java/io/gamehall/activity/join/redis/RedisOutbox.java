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
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** A stream for each shard of an activity, written by {@code redis/join.lua}. */
@Singleton
public class RedisOutbox implements Outbox {
    private static final RedisScript DUE = new RedisScript("redis/due.lua");

    private static final Logger LOG = Logger.getLogger(RedisOutbox.class);
    private static final long GATHER_MS = 5;
    private static final int GATHERED_MAX = 256;

    private final HeldConnections connections;
    private final Vertx vertx;
    private final String cell;
    private final ThreadLocal<Gathered> gathered;

    public RedisOutbox(HeldConnections connections, Vertx vertx, Cell cell) {
        this.connections = connections;
        this.vertx = vertx;
        this.cell = cell.name();
        this.gathered = ThreadLocal.withInitial(Gathered::new);
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

    @Override
    public void settleSoon(Activity activity, String entry) {
        var stream = outbox(activity, OutboxEntries.shard(entry));
        if (Context.isOnEventLoopThread()) gathered.get().add(stream, OutboxEntries.entry(entry));
        else remove(stream, List.of(OutboxEntries.entry(entry)));
    }

    private void remove(String stream, List<String> entries) {
        var remove = Request.cmd(Command.XDEL).arg(stream);
        entries.forEach(remove::arg);
        connections
                .send(remove)
                .onFailure(failure -> LOG.debugf("%d entries stay in %s: %s", entries.size(), stream, failure));
    }

    /** Entries to be removed, of one event loop: one command for many costs Redis and this process less than many. */
    private final class Gathered {
        private final Map<String, List<String>> streams = new HashMap<>();

        void add(String stream, String entry) {
            if (streams.isEmpty()) vertx.setTimer(GATHER_MS, over -> removeAll());
            var entries = streams.computeIfAbsent(stream, first -> new ArrayList<>());
            entries.add(entry);
            if (entries.size() < GATHERED_MAX) return;
            remove(stream, List.copyOf(entries));
            entries.clear();
        }

        private void removeAll() {
            streams.forEach((stream, entries) -> {
                if (!entries.isEmpty()) remove(stream, entries);
            });
            streams.clear();
        }
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
