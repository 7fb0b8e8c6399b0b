package io.gamehall.platform.limits;

import io.micrometer.core.instrument.Counter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections of clients that will not wait. One of HTTP/1.1 is closed with its answer. From one of HTTP/2
 * nothing more is read, and it is closed after a while: a client whose connection is closed at once is back at once.
 * Its calls under way get no answer but that. On the connection's event loop.
 */
final class CutConnections {
    private static final long ENHANCE_YOUR_CALM = 0xb;
    private static final AttributeKey<Boolean> CUT = AttributeKey.valueOf(CutConnections.class, "cut");

    private final Counter number;

    CutConnections(Counter number) {
        this.number = number;
    }

    /** Whether a call's connection can be left silent. One of HTTP/1.1 would keep its client waiting for one answer only. */
    static boolean silences(RoutingContext call) {
        return call.response().streamId() >= 0;
    }

    /** @param afterNs for how long it is left silent before, if it can be */
    void cut(RoutingContext call, long afterNs, ReadyRefusal refusal) {
        var connection = call.request().connection();
        if (!silences(call)) {
            number.increment();
            call.response().putHeader("connection", "close");
            call.addEndHandler(answered -> connection.close());
            refusal.answer(call);
        } else if (silence(connection)) {
            number.increment();
            call.vertx().setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(afterNs)), due -> {
                connection.goAway(ENHANCE_YOUR_CALM);
                connection.close();
            });
        }
    }

    /** @return false if it had been silenced before, and this call had been read already */
    private static boolean silence(HttpConnection connection) {
        var channel = ((ConnectionBase) connection).channel();
        if (channel.attr(CUT).getAndSet(true) != null) return false;
        channel.config().setAutoRead(false);
        Deaf.make(channel);
        return true;
    }
}
