package io.gamehall.platform;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes nothing more to a call that its client has given up (deadline, cancel). Vert.x 4.5 would try to, and the
 * attempt to write to a reset HTTP/2 stream ends the whole connection with GOAWAY, and with it every other call of
 * that client, or of that gateway.
 *
 * <p>Whether the stream was reset is known on its event loop only, so each write is made there, in the order in which
 * they came.
 */
@GlobalInterceptor
@ApplicationScoped
public class GrpcResets implements ServerInterceptor {
    private static final String KEY = "gamehall-http-response";
    private static final int PRIORITY = 1_001;

    void register(@Observes Filters filters) {
        filters.register(GrpcResets::note, PRIORITY);
    }

    private static void note(RoutingContext request) {
        if (GrpcContentType.isOf(request.request())) ContextLocals.put(KEY, request.response());
        request.next();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Optional<HttpServerResponse> response = ContextLocals.get(KEY);
        return response.isPresent()
                ? next.startCall(new Guarded<>(call, response.get(), (ContextInternal) Vertx.currentContext()), headers)
                : next.startCall(call, headers);
    }

    private static final class Guarded<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
        private final HttpServerResponse response;
        private final ContextInternal eventLoop;
        private final AtomicInteger waiting = new AtomicInteger();

        Guarded(ServerCall<Q, R> call, HttpServerResponse response, ContextInternal eventLoop) {
            super(call);
            this.response = response;
            this.eventLoop = eventLoop;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            write(() -> super.sendHeaders(headers));
        }

        @Override
        public void sendMessage(R message) {
            write(() -> super.sendMessage(message));
        }

        @Override
        public void close(Status status, Metadata trailers) {
            write(() -> super.close(status, trailers));
        }

        private void write(Runnable write) {
            if (eventLoop.inThread() && waiting.get() == 0) {
                unlessReset(write);
                return;
            }
            waiting.incrementAndGet();
            eventLoop.runOnContext(turn -> {
                waiting.decrementAndGet();
                unlessReset(write);
            });
        }

        private void unlessReset(Runnable write) {
            if (!response.closed()) write.run();
        }
    }
}
