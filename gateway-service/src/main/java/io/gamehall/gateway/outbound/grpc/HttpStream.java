package io.gamehall.gateway.outbound.grpc;

import io.gamehall.gateway.outbound.OutboundConfig;
import io.gamehall.platform.GrpcContentType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
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
    private Optional<Runnable> listener = Optional.empty();
    private boolean closed;

    /** @param pulse to be told of this stream when somebody wants to know when it closes */
    private HttpStream(Consumer<HttpStream> pulse) {
        this.pulse = pulse;
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

        Watch(Vertx vertx, OutboundConfig config) {
            this.vertx = vertx;
            this.config = config;
        }

        void register(@Observes Filters filters) {
            filters.register(this::note, PRIORITY);
        }

        private void note(RoutingContext request) {
            if (GrpcContentType.isOf(request.request())) {
                var connection = request.request().connection();
                var stream = new HttpStream(
                        beats(request) ? noted -> pulse(connection).add(noted) : noted -> {});
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

        private Pulse pulse(HttpConnection connection) {
            return pulses.computeIfAbsent(connection, noted -> {
                var pulse = new Pulse(noted);
                pulse.start(vertx, config.ping(), () -> pulses.remove(noted, pulse));
                return pulse;
            });
        }
    }
}
