package io.gamehall.gateway.limits;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Stands before REST, gRPC and gRPC-Web alike, behind what finds the client's address. On the call's event loop.
 * Probes and metrics ({@code /q}) are not limited: they are not for the public, and must be told the truth.
 */
@Singleton
public class LimitFilter {
    /** The {@link RoutingContext} of a gRPC call. */
    public static final String CALL = "gamehall-limited-call";

    private static final int PRIORITY = 1_900;
    private static final int CONTENT_LENGTH_DIGITS_MAX = 18;

    private final CallLimits limits;
    private final LimitMetrics metrics;
    private final long bodyMax;

    LimitFilter(CallLimits limits, LimitMetrics metrics, VertxHttpConfig http) {
        this.limits = limits;
        this.metrics = metrics;
        this.bodyMax =
                http.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, PRIORITY);
    }

    private void limit(RoutingContext call) {
        var request = call.request();
        if (call.normalizedPath().startsWith("/q/")) {
            call.next();
            return;
        }
        var tooFast = limits.call(ClientAddress.current(), request.getHeader("authorization"));
        if (tooFast.isPresent()) {
            LimitAnswers.refuse(call, tooFast.get());
        } else if (LimitAnswers.isGrpc(call)) {
            grpc(call);
        } else if (isTooLarge(request.getHeader("content-length"))) {
            metrics.refused("size");
            call.response().putHeader("connection", "close");
            LimitAnswers.refuse(call, new Refusal(Reason.BODY_TOO_LARGE, "The limit is " + bodyMax + " bytes"));
        } else {
            call.next();
        }
    }

    private static void grpc(RoutingContext call) {
        var encoding = call.request().getHeader("grpc-encoding");
        if (encoding != null && !encoding.equals("identity")) {
            // Vert.x would unpack a message to any size.
            LimitAnswers.refuse(call, new Refusal(Reason.MEDIA_TYPE_UNSUPPORTED, "Send messages uncompressed"));
            return;
        }
        ContextLocals.put(CALL, call);
        call.addHeadersEndHandler(before -> LimitAnswers.complete(call.response()));
        call.next();
    }

    private boolean isTooLarge(String contentLength) {
        if (contentLength == null) return false;
        if (contentLength.length() > CONTENT_LENGTH_DIGITS_MAX) return true;
        try {
            return Long.parseLong(contentLength) > bodyMax;
        } catch (NumberFormatException garbled) {
            return true;
        }
    }
}
