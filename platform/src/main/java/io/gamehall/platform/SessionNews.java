package io.gamehall.platform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Hears of a cell's begun and ended sessions over Redis's pub/sub, on one connection that is looked after each second
 * and opened again when it is lost. What was told meanwhile is missed: the listener is told that, too. Never blocks.
 */
public final class SessionNews implements AutoCloseable {
    /** In the news of a session, after player and generation. */
    public static final String LOGGED_OUT = "out";

    private static final Logger LOG = Logger.getLogger(SessionNews.class);
    private static final long CHECK_MS = 1_000;

    private final Redis redis;
    private final Vertx vertx;
    private final String channel;
    private final long timeoutMs;
    private final Listener listener;
    private volatile RedisConnection listening;
    private volatile boolean hasListened;
    private volatile boolean heard;
    private volatile boolean stopped;
    private volatile long timer;

    /** Who is told. Called on threads of Redis's client, so must not block. */
    public interface Listener {
        /** The sessions of a player of lower generations have ended. @param loggedOut else there is a newer login */
        void heardOf(long player, long generation, boolean loggedOut);

        /** It is listened from now on; what was told before may have been missed. */
        void distrust();
    }

    /** @param timeout how long Redis may take to answer */
    public SessionNews(Redis redis, Vertx vertx, String cell, Duration timeout, Listener listener) {
        this.redis = redis;
        this.vertx = vertx;
        this.channel = channel(cell);
        this.timeoutMs = timeout.toMillis();
        this.listener = listener;
    }

    /** Channel on which begun and ended sessions are told, as {@code <player>:<generation>[:out]}. */
    public static String channel(String cell) {
        return cell + ":sessions";
    }

    /** Begins to listen, once. */
    public void start() {
        listen(0);
    }

    @Override
    public void close() {
        stopped = true;
        vertx.cancelTimer(timer);
        var open = listening;
        if (open != null) open.close();
    }

    /** Whether it has been listened; Redis may have gone away since. */
    public boolean hasListened() {
        return hasListened;
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
        listener.distrust();
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
            listener.heardOf(
                    Long.parseUnsignedLong(words[0]),
                    Long.parseLong(words[1]),
                    words.length == 3 && words[2].equals(LOGGED_OUT));
        } catch (NumberFormatException | IndexOutOfBoundsException alien) {
            LOG.warnf("Not news of a session: '%s'", news);
        }
    }
}
