package io.gamehall.gateway.session.redis;

import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Cell;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
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
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Hears of begun and ended sessions over Redis's pub/sub, on one connection that is looked after and opened again when it is
 * lost. What was told meanwhile is missed, so what is remembered of sessions then is distrusted. Ready once it has
 * listened; a Redis that goes away later does not take the gateway out of service.
 */
@Singleton
@Readiness
class RedisSessionNews implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(RedisSessionNews.class);
    private static final long CHECK_MS = 1_000;

    private final Redis redis;
    private final Sessions sessions;
    private final Vertx vertx;
    private final String channel;
    private final long timeoutMs;
    private volatile RedisConnection listening;
    private volatile boolean hasListened;
    private volatile boolean heard;
    private volatile boolean stopped;
    private long timer;

    RedisSessionNews(Redis redis, Sessions sessions, Vertx vertx, Cell cell, SessionConfig config) {
        this.redis = redis;
        this.sessions = sessions;
        this.vertx = vertx;
        this.channel = RedisSessionRegistry.channel(cell.name());
        this.timeoutMs = config.timeout().toMillis();
    }

    void start(@Observes StartupEvent started) {
        listen(0);
    }

    void stop(@Observes ShutdownEvent ended) {
        stopped = true;
        vertx.cancelTimer(timer);
        var open = listening;
        if (open != null) open.close();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("session news").status(hasListened).build();
    }

    /** Makes sure, again and again, that a subscription lives: one that has been silent since the last PING does not. */
    private void listen(long ignored) {
        if (stopped) return;
        timer = vertx.setTimer(CHECK_MS, this::listen);
        var live = listening;
        if (live == null) {
            subscribe()
                    .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                    .onFailure(cause -> LOG.warnf("News of sessions are not heard: %s", cause.getMessage()));
        } else if (!heard) {
            LOG.warn("News of sessions are not heard: Redis does not answer");
            lost(live);
        } else {
            heard = false;
            // A published message that comes before the PONG takes its place in the client's books, and the PONG is
            // then handed to hear(): whichever comes, Redis has answered.
            live.send(Request.cmd(Command.PING)).onSuccess(pong -> heard = true);
        }
    }

    private Future<Response> subscribe() {
        return redis.connect().compose(opened -> {
            opened.handler(this::hear);
            opened.endHandler(ended -> lost(opened));
            opened.exceptionHandler(broken -> lost(opened));
            return opened.send(Request.cmd(Command.SUBSCRIBE).arg(channel))
                    .onSuccess(subscribed -> listening(opened))
                    .onFailure(refused -> opened.close());
        });
    }

    private void listening(RedisConnection opened) {
        // A subscription that took longer than its time may have been followed by another.
        var other = listening;
        listening = opened;
        heard = true;
        if (other != null) other.close();
        hasListened = true;
        sessions.distrust();
    }

    private void lost(RedisConnection gone) {
        if (listening != gone) return;
        listening = null;
        gone.close();
    }

    private void hear(Response message) {
        heard = true;
        if (message == null
                || (message.type() != ResponseType.PUSH && message.type() != ResponseType.MULTI)
                || message.size() != 3
                || !"message".equals(message.get(0).toString())) return;
        var news = message.get(2).toString();
        var words = news.split(":", 3);
        try {
            sessions.heardOf(
                    Long.parseUnsignedLong(words[0]),
                    Long.parseLong(words[1]),
                    words.length == 3 && words[2].equals(RedisSessionRegistry.LOGGED_OUT));
        } catch (NumberFormatException | IndexOutOfBoundsException alien) {
            LOG.warnf("Not news of a session: '%s'", news);
        }
    }
}
