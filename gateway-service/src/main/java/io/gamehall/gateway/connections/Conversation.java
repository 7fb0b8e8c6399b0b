package io.gamehall.gateway.connections;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a connection is used for. Confined to its event loop. Times are {@link System#nanoTime()}. */
final class Conversation {
    /** A request that has not been answered to the end. Two are never equal. */
    static final class Exchange {
        final HttpServerRequest request;
        private final long beganAt;

        private Exchange(HttpServerRequest request, long beganAt) {
            this.request = request;
            this.beganAt = beganAt;
        }
    }

    private final Set<Exchange> open = new HashSet<>(2);
    private long quietSince;
    private boolean asked;

    Conversation(long now) {
        quietSince = now;
    }

    Exchange begin(HttpServerRequest request, long now) {
        asked = true;
        var exchange = new Exchange(request, now);
        open.add(exchange);
        return exchange;
    }

    void end(Exchange exchange, long now) {
        open.remove(exchange);
        quietSince = now;
    }

    /** Whether nothing has been asked for too long. */
    boolean isIdle(ConnectionsConfig config, long now) {
        long max = (asked ? config.idle() : config.firstRequest()).toNanos();
        return open.isEmpty() && now - quietSince > max;
    }

    /** The requests that should have come to their end long ago. */
    List<HttpServerRequest> halfSent(ConnectionsConfig config, long now) {
        long max = config.request().toNanos();
        return open.stream()
                .filter(exchange -> now - exchange.beganAt > max && !exchange.request.isEnded())
                .map(exchange -> exchange.request)
                .toList();
    }
}
