package io.gamehall.platform;

import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Answers a request whose message can't be decoded with REQUEST_INVALID. Vert.x drops such a message and goes on, so
 * that without this the client would be told of an internal error.
 */
@GlobalInterceptor
@ApplicationScoped
public class GrpcUnreadable implements ServerInterceptor {
    private static final Logger LOG = Logger.getLogger(GrpcUnreadable.class);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) return next.startCall(call, headers);
        var closable = new ClosableCall<>(call);
        return new Listener<>(next.startCall(closable, headers), closable);
    }

    /** Knows whether it has been closed. Its method may close it from any thread. */
    private static final class ClosableCall<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
        private volatile boolean closed;

        ClosableCall(ServerCall<Q, R> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed = true;
            super.close(status, trailers);
        }

        void refuse() {
            if (closed) return;
            var answer = GrpcRefusals.of(new Refusal(Reason.REQUEST_INVALID, "The message can't be decoded"));
            try {
                close(answer.getStatus(), answer.getTrailers());
            } catch (IllegalStateException answered) {
                // Vert.x answers by itself to a message over the limit, and then says that the request has ended.
                LOG.debug("Answered already", answered);
            }
        }
    }

    private static final class Listener<Q> extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
        private final ClosableCall<Q, ?> call;
        private boolean hasMessage;

        Listener(ServerCall.Listener<Q> listener, ClosableCall<Q, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            hasMessage = true;
            super.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            if (hasMessage) super.onHalfClose();
            else call.refuse();
        }
    }
}
