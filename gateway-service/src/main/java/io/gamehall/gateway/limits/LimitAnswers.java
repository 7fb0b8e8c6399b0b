package io.gamehall.gateway.limits;

import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.limits.ReadyRefusal;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Refusals of calls that have not reached gRPC or REST, or that Vert.x has refused without a reason. */
public final class LimitAnswers {
    private static final String DETAILS = "grpc-status-details-bin";
    private static final String STATUS = "grpc-status";
    private static final String RESOURCE_EXHAUSTED = "8";
    private static final int OK = 200;
    private static final int UNKNOWN_METHOD = 500;

    private LimitAnswers() {}

    static void refuse(RoutingContext call, Refusal refusal) {
        ReadyRefusal.of(refusal).answer(call);
    }

    /** Gives Vert.x' own refusals of gRPC calls their reason: of a message over the limit, and of an unknown method. */
    public static void complete(HttpServerResponse response) {
        var headers = response.headers();
        if (headers.contains(STATUS)) {
            if (RESOURCE_EXHAUSTED.equals(headers.get(STATUS)) && !headers.contains(DETAILS)) {
                GrpcRefusals.put(new Refusal(Reason.BODY_TOO_LARGE, "The message is over the limit"), headers);
            }
        } else if (response.getStatusCode() == UNKNOWN_METHOD) {
            response.setStatusCode(OK);
            headers.set("content-type", "application/grpc");
            GrpcRefusals.put(new Refusal(Reason.METHOD_NOT_ALLOWED, "There is no such gRPC method"), headers);
        }
    }
}
