package io.gamehall.gateway.limits.grpc;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.limits.CallLimits;
import io.gamehall.gateway.limits.LimitFilter;
import io.gamehall.platform.GrpcRefusals;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Keeps one address from holding all the streams that this process can carry. */
@GlobalInterceptor
@ApplicationScoped
public class StreamLimits implements ServerInterceptor {
    private final CallLimits limits;

    public StreamLimits(CallLimits limits) {
        this.limits = limits;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (call.getMethodDescriptor().getType().serverSendsOneMessage()) return next.startCall(call, headers);
        Optional<RoutingContext> http = ContextLocals.get(LimitFilter.CALL);
        if (http.isEmpty()) return next.startCall(call, headers);
        var address = ClientAddress.current();
        var refused = limits.openStream(address);
        if (refused.isPresent()) return GrpcRefusals.refuse(call, refused.get());
        http.get().addEndHandler(ended -> limits.closeStream(address));
        return next.startCall(call, headers);
    }
}
