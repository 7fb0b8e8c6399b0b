package io.gamehall.platform;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps what a call says under {@code authorization} for the methods that need it; the others take no token. */
@ApplicationScoped
public class GrpcAuthorization implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> HEADER = Context.key("gamehall-authorization");

    /** The header of this call, or null. To be asked on the thread that the method was called on. */
    public static String current() {
        return HEADER.get();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var context = Context.current().withValue(HEADER, headers.get(AUTHORIZATION));
        return Contexts.interceptCall(context, call, headers, next);
    }
}
