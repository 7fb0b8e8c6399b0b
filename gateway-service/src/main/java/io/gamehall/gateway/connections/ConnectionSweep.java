package io.gamehall.gateway.connections;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that are held and not used: those that never ask, ask a byte at a time (slow loris), or have long
 * asked nothing; and those of an address that has too many. Quarkus' idle time-out does not do it: each byte that
 * dribbles in starts it anew, and with HTTP/1.1 it also ends streams on which nothing has happened for a while. Each
 * event loop looks through its own connections.
 */
@Singleton
public class ConnectionSweep {
    /** Behind gRPC-Web, before everything that may answer. */
    private static final int PRIORITY = 2_900;

    private static final long CANCEL = 8;
    private static final AttributeKey<Conversation> CONVERSATION =
            AttributeKey.valueOf(ConnectionSweep.class, "conversation");

    private final Vertx vertx;
    private final ConnectionsConfig config;
    private final AddressConnections addresses;
    private final MeterRegistry metrics;
    private final List<Future<?>> sweeps = new ArrayList<>();

    ConnectionSweep(Vertx vertx, ConnectionsConfig config, AddressConnections addresses, MeterRegistry metrics) {
        this.vertx = vertx;
        this.config = config;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::note, PRIORITY);
    }

    void start(@Observes StartupEvent started) {
        long period = config.sweep().toMillis();
        for (var executor : ((VertxInternal) vertx).getEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop loop) {
                sweeps.add(loop.scheduleWithFixedDelay(() -> sweep(loop), period, period, TimeUnit.MILLISECONDS));
            }
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        sweeps.forEach(sweep -> sweep.cancel(false));
    }

    private void note(RoutingContext call) {
        if (call.request().connection() instanceof ConnectionBase connection) {
            var known = conversation(connection.channel());
            if (known.isEmpty()) {
                // HTTP/2 would let it come to an end before it closes the connection.
                giveUp(call.request(), connection.channel());
                return;
            }
            var conversation = known.get();
            var exchange = conversation.begin(call.request(), System.nanoTime());
            call.addEndHandler(ended -> conversation.end(exchange, System.nanoTime()));
        }
        call.next();
    }

    private void sweep(SingleThreadEventLoop loop) {
        long now = System.nanoTime();
        var accepted = new ArrayList<Channel>();
        loop.registeredChannelsIterator().forEachRemaining(channel -> {
            if (channel.parent() != null) accepted.add(channel);
        });
        accepted.forEach(channel -> sweep(channel, now));
    }

    private void sweep(Channel channel, long now) {
        var known = conversation(channel);
        if (known.isEmpty()) return;
        var conversation = known.get();
        if (conversation.isIdle(config, now)) {
            close(channel, "idle");
            return;
        }
        for (var request : conversation.halfSent(config, now)) {
            metrics.counter("gamehall.connections.closed", "cause", "half_sent").increment();
            giveUp(request, channel);
        }
    }

    /** One stream of HTTP/2, or the connection. */
    private static void giveUp(HttpServerRequest request, Channel channel) {
        if (request.response().streamId() >= 0) request.response().reset(CANCEL);
        else channel.close();
    }

    /** Empty if the channel is closed now, because its address has too many. */
    private Optional<Conversation> conversation(Channel channel) {
        var attribute = channel.attr(CONVERSATION);
        var known = attribute.get();
        if (known != null) return Optional.of(known);
        if (!channel.isOpen()) return Optional.empty();
        if (!addresses.admit(channel)) {
            close(channel, "address");
            return Optional.empty();
        }
        var fresh = new Conversation(System.nanoTime());
        attribute.set(fresh);
        return Optional.of(fresh);
    }

    private void close(Channel channel, String cause) {
        metrics.counter("gamehall.connections.closed", "cause", cause).increment();
        channel.close();
    }
}
