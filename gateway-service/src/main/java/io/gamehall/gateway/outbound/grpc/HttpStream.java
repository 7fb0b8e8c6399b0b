package io.gamehall.gateway.outbound.grpc;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The HTTP/2 stream below a gRPC call, for the one thing that gRPC should tell and does not: that the client has gone.
 * Vert.x 4.5 does not forward a reset of the stream, or the loss of its connection, to a call whose request has ended,
 * as those of server streams have (eclipse-vertx/vert.x issue 5562).
 */
final class HttpStream {
    private static final String KEY = "gamehall-http-stream";

    private Optional<Runnable> listener = Optional.empty();
    private boolean closed;

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
                return;
            }
        }
        task.run();
    }

    private void close() {
        Optional<Runnable> told;
        synchronized (this) {
            closed = true;
            told = listener;
        }
        told.ifPresent(Runnable::run);
    }

    /** Notes the stream of each gRPC call before the call begins. */
    @Singleton
    static class Watch {
        private static final int PRIORITY = 1_000;

        void register(@Observes Filters filters) {
            filters.register(Watch::note, PRIORITY);
        }

        private static void note(RoutingContext request) {
            var type = request.request().getHeader("content-type");
            if (type != null && type.startsWith("application/grpc")) {
                var stream = new HttpStream();
                ContextLocals.put(KEY, stream);
                request.addEndHandler(ended -> stream.close());
            }
            request.next();
        }
    }
}
