package io.gamehall.gateway.outbound.grpc;

import io.gamehall.gateway.outbound.OutboundConfig;
import io.gamehall.platform.GrpcContentType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The HTTP/2 stream below a gRPC call, for the one thing that gRPC should tell and does not: that the client has gone.
 * Vert.x 4.5 does not forward a reset of the stream, or the loss of its connection, to a call whose request has ended,
 * as those of server streams have (eclipse-vertx/vert.x issue 5562). And a client that has gone without a word, only
 * its {@link Pulse} tells.
 */
final class HttpStream {
    private static final String KEY = "gamehall-http-stream";

    private final Consumer<HttpStream> pulse;
    private final Consumer<HttpStream> cutter;
    private Optional<Runnable> listener = Optional.empty();
    private boolean closed;

    /**
     * @param pulse to be told of this stream when somebody wants to know when it closes
     * @param cutter to be told of this stream when it has been ended
     */
    private HttpStream(Consumer<HttpStream> pulse, Consumer<HttpStream> cutter) {
        this.pulse = pulse;
        this.cutter = cutter;
    }

    /** The stream of the call that this thread is in. */
    static HttpStream current() {
        return ContextLocals.<HttpStream>get(KEY)
                .orElseThrow(() -> new IllegalStateException("Not in a call that came over HTTP"));
    }

    /** Runs a task once, when the stream closes, however it does; at once if it has closed already. */
    void onClose(Runnable task) {
        synchronized (this) {
            if (!closed) {
                listener = Optional.of(task);
                pulse.accept(this);
                return;
            }
        }
        task.run();
    }

    /** Its end is being written: it is reset if the client has not read all in {@link OutboundConfig#lastMax}. */
    void ending() {
        cutter.accept(this);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The stream is known to have closed, or its client to have gone. */
    void close() {
        Optional<Runnable> told;
        synchronized (this) {
            if (closed) return;
            closed = true;
            told = listener;
        }
        told.ifPresent(Runnable::run);
    }

    /** Notes the stream of each gRPC call before the call begins. */
    @Singleton
    static class Watch {
        private static final int PRIORITY = 1_000;

        private final Map<HttpConnection, Pulse> pulses = new ConcurrentHashMap<>();
        private final Vertx vertx;
        private final OutboundConfig config;
        private final Counter cuts;

        Watch(Vertx vertx, OutboundConfig config, MeterRegistry meters) {
            this.vertx = vertx;
            this.config = config;
            this.cuts = meters.counter("gamehall.streams.cut");
        }

        void register(@Observes Filters filters) {
            filters.register(this::note, PRIORITY);
        }

        private void note(RoutingContext request) {
            if (GrpcContentType.isOf(request.request())) {
                var connection = request.request().connection();
                var stream = new HttpStream(
                        beats(request) ? noted -> pulse(connection).add(noted) : noted -> {},
                        ending -> vertx.setTimer(config.lastMax().toMillis(), late -> cut(request, ending)));
                ContextLocals.put(KEY, stream);
                request.addEndHandler(ended -> {
                    stream.close();
                    var pulse = pulses.get(connection);
                    if (pulse != null) pulse.remove(stream);
                });
            }
            request.next();
        }

        /** HTTP/1.1, which a browser may speak, has no pings; there TCP, or the proxy between, has to notice. */
        private static boolean beats(RoutingContext request) {
            return request.response().streamId() >= 0;
        }

        /** That gRPC has ended a stream does not mean that it was sent, and Vert.x resets only what has not ended. */
        private void cut(RoutingContext request, HttpStream stream) {
            if (!(request.request().connection() instanceof ConnectionBase connection)) return;
            var channel = connection.channel();
            var http2 = channel.pipeline().get(Http2ConnectionHandler.class);
            int id = request.response().streamId();
            if (http2 == null) {
                // After its end the connection may carry another request.
                if (stream.isClosed()) return;
                cuts.increment();
                channel.close();
            } else if (http2.connection().stream(id) != null) {
                cuts.increment();
                var context = channel.pipeline().context(http2);
                http2.resetStream(context, id, Http2Error.CANCEL.code(), context.newPromise());
                context.flush();
            }
        }

        private Pulse pulse(HttpConnection connection) {
            return pulses.computeIfAbsent(connection, noted -> {
                var pulse = new Pulse(noted);
                pulse.start(vertx, config.ping(), () -> pulses.remove(noted, pulse));
                return pulse;
            });
        }
    }
}
