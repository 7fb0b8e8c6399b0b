package io.gamehall.platform;

import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One held Redis connection for each event loop, on which commands are pipelined: several times the rate of a pooled
 * connection for each command. Opened at the first command and again after it breaks. Off the event loops the pool
 * serves. An answer that takes longer than the time-out fails; whether the command was carried out
 * is then unknown.
 */
public final class HeldConnections {
    private static final Logger LOG = Logger.getLogger(HeldConnections.class);

    /** How the client says that a connection has ended: it has no type for it. */
    private static final String CLOSED = "Connection is closed";

    private final Redis redis;
    private final Supplier<Redis> loopClients;
    private final long timeoutMs;
    private final ThreadLocal<Lane> lanes = ThreadLocal.withInitial(Lane::new);

    /**
     * @param redis with the pool for everybody else
     * @param loopClients gives the event loop that asks a client whose connections are on it; asked once by each
     * @param timeout the longest wait for an answer, and for a connection
     */
    public HeldConnections(Redis redis, Supplier<Redis> loopClients, Duration timeout) {
        this.redis = redis;
        this.loopClients = loopClients;
        this.timeoutMs = timeout.toMillis();
    }

    /** Sends a command; the answer comes on the caller's context. */
    public Future<Response> send(Request request) {
        if (Context.isOnEventLoopThread()) return lanes.get().send(request);
        return redis.send(request).timeout(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Confined to one event loop, hence no locks. */
    private final class Lane {
        private final Redis client = loopClients.get();
        private RedisConnection held;
        private Future<RedisConnection> opening;

        Future<Response> send(Request request) {
            var used = held;
            var answer = used != null ? used.send(request) : sendWhenOpen(request);
            return answer.timeout(timeoutMs, TimeUnit.MILLISECONDS).onFailure(failure -> {
                // Closed, so that the pool has its place again; the next command opens another.
                if (failure instanceof TimeoutException) drop(used, "gave no answer in " + timeoutMs + " ms");
                // It ended before it was held, so nobody was told.
                if (CLOSED.equals(failure.getMessage())) drop(used, "is closed");
            });
        }

        /** It opens on the context of who asked first; everybody else goes on on their own. */
        private Future<Response> sendWhenOpen(Request request) {
            var context = ContextInternal.current();
            Promise<RedisConnection> mine = context == null ? Promise.promise() : context.promise();
            open().onComplete(mine);
            return mine.future().compose(opened -> opened.send(request));
        }

        /** All who ask while one is being opened get that one. */
        private Future<RedisConnection> open() {
            if (opening != null) return opening;
            var connecting = client.connect();
            var opened = connecting
                    .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                    .onSuccess(this::hold)
                    .onFailure(late -> connecting.onSuccess(RedisConnection::close));
            // Assigned before it is taken back: a connection that the pool has at hand is there at once.
            opening = opened;
            opened.onComplete(done -> opening = null);
            return opened;
        }

        private void hold(RedisConnection opened) {
            opened.exceptionHandler(failure -> drop(opened, "broke: " + failure.getMessage()));
            // Idle ones end too: no news.
            opened.endHandler(ended -> forget(opened));
            held = opened;
            Flushes.gatherOfClients(
                    (SingleThreadEventLoop) ContextInternal.current().nettyEventLoop());
        }

        private void drop(RedisConnection broken, String how) {
            if (broken == null || !forget(broken)) return;
            LOG.warnf("A connection to Redis %s; the next command opens another", how);
            broken.close();
        }

        private boolean forget(RedisConnection gone) {
            if (held != gone) return false;
            held = null;
            return true;
        }
    }
}
