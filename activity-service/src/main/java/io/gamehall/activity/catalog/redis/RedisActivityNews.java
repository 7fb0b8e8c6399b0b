package io.gamehall.activity.catalog.redis;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.ActivityNews;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.pace.Cadence;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Edits travel over the channel {@code <cell>:activity-news} as ids. Beside that the edit's version is noted where the
 * joins are decided, so that an instance that has missed the news is told there that its terms are stale.
 */
@Singleton
class RedisActivityNews implements ActivityNews {
    private static final Logger LOG = Logger.getLogger(RedisActivityNews.class);
    private static final RedisScript NOTE_VERSION = new RedisScript("redis/note_version.lua");
    private static final Duration LISTENING_CHECK = Duration.ofSeconds(5);

    private final Redis redis;
    private final HeldConnections connections;
    private final Activities activities;
    private final Vertx vertx;
    private final String cell;
    private volatile RedisConnection subscription;
    private Cadence listening;

    RedisActivityNews(Redis redis, HeldConnections connections, Activities activities, Vertx vertx, Cell cell) {
        this.redis = redis;
        this.connections = connections;
        this.activities = activities;
        this.vertx = vertx;
        this.cell = cell.name();
    }

    void start(@Observes StartupEvent started) {
        listening = Cadence.start(vertx, "listen to news of activities", LISTENING_CHECK, this::listen);
    }

    void stop(@Observes ShutdownEvent stopped) {
        listening.close();
    }

    @Override
    public Uni<Void> announce(Activity edited) {
        var version = List.of(Long.toString(edited.version()));
        var noted = ActivityKeys.all(cell, edited.id().value(), edited.terms().shards()).stream()
                .map(keys -> NOTE_VERSION.run(connections, List.of(keys.state()), version))
                .toList();
        return UniHelper.toUni(Future.all(noted)
                        .compose(done -> connections.send(Request.cmd(Command.PUBLISH)
                                .arg(channel())
                                .arg(edited.id().value()))))
                .replaceWithVoid();
    }

    private String channel() {
        return cell + ":activity-news";
    }

    /** Subscribes, or makes sure that the subscription lives. */
    private Uni<Void> listen() {
        var live = subscription;
        var heard = live == null ? subscribe() : live.send(Request.cmd(Command.PING));
        return UniHelper.toUni(heard.timeout(LISTENING_CHECK.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(gone -> lost(live)))
                .replaceWithVoid();
    }

    private Future<Response> subscribe() {
        return redis.connect().compose(opened -> {
            opened.handler(this::hear);
            opened.endHandler(ended -> lost(opened));
            opened.exceptionHandler(broken -> lost(opened));
            return opened.send(Request.cmd(Command.SUBSCRIBE).arg(channel()))
                    .onSuccess(subscribed -> listening(opened))
                    .onFailure(refused -> opened.close());
        });
    }

    private void listening(RedisConnection opened) {
        // A subscription that took longer than its time may have been followed by another.
        var other = subscription;
        subscription = opened;
        if (other != null) other.close();
        // Edits made while nobody listened.
        activities.refresh().subscribe().with(done -> {}, failure -> LOG.debug("No refresh", failure));
    }

    /** Closed, so that the pool has its place again; one that has ended does not mind. */
    private void lost(RedisConnection gone) {
        if (gone == null || subscription != gone) return;
        subscription = null;
        gone.close();
    }

    private void hear(Response message) {
        // A pong that came too late for its ping arrives here too.
        if (message.type() != ResponseType.MULTI
                || message.size() != 3
                || !"message".equals(message.get(0).toString())) return;
        ActivityId.parse(message.get(2).toString()).ifPresent(id -> activities
                .reload(id)
                .subscribe()
                .with(fresh -> {}, failure -> LOG.debugf(failure, "Could not read %s again", id)));
    }
}
