package io.gamehall.activity.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Singleton;

/** Keeps what a call says under {@code authorization} for its method. */
@Singleton
class GrpcAuthorization implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> HEADER = Context.key("gamehall-authorization");

    /** The header of this call, or null. To be asked on the thread that the method was called on. */
    static String current() {
        return HEADER.get();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var context = Context.current().withValue(HEADER, headers.get(AUTHORIZATION));
        return Contexts.interceptCall(context, call, headers, next);
    }
}
