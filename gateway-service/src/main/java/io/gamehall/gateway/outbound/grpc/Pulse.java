package io.gamehall.gateway.outbound.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks whether the client of a connection is still there, by HTTP/2 pings, for as long as streams are open on it: a
 * client that dropped off the net does not close its connection, and TCP alone would not notice for a quarter of an
 * hour. On the connection's event loop.
 */
final class Pulse {
    private static final Logger LOG = Logger.getLogger(Pulse.class);
    private static final Buffer PING = Buffer.buffer("gamehall");

    private final HttpConnection connection;
    private final Set<HttpStream> streams = ConcurrentHashMap.newKeySet();
    private boolean answered = true;

    Pulse(HttpConnection connection) {
        this.connection = connection;
    }

    /** Starts to beat. To be called on the connection's event loop. */
    void start(Vertx vertx, Duration period, Runnable ended) {
        vertx.setPeriodic(period.toMillis(), timer -> {
            if (!streams.isEmpty() && beat()) return;
            vertx.cancelTimer(timer);
            ended.run();
        });
    }

    void add(HttpStream stream) {
        streams.add(stream);
    }

    void remove(HttpStream stream) {
        streams.remove(stream);
    }

    /** @return whether the client lives, for all that is known */
    private boolean beat() {
        if (!answered) {
            LOG.debugf("%s gives no sign of life", connection.remoteAddress());
            // Not by closing the connection alone: that waits until all that was written before is sent.
            List.copyOf(streams).forEach(HttpStream::close);
            connection.close();
            return false;
        }
        answered = false;
        connection.ping(PING).onSuccess(pong -> answered = true);
        return true;
    }
}
