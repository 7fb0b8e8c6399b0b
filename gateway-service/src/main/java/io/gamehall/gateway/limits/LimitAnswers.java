package io.gamehall.gateway.limits;

import io.gamehall.platform.GrpcContentType;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Problem;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Refusals of calls that have not reached gRPC or REST, or that Vert.x has refused without a reason. */
public final class LimitAnswers {
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final String STATUS = "grpc-status";
    private static final String RESOURCE_EXHAUSTED = "8";
    private static final int OK = 200;
    private static final int UNKNOWN_METHOD = 500;

    private LimitAnswers() {}

    static void refuse(RoutingContext call, Refusal refusal) {
        var response = call.response();
        if (GrpcContentType.isOf(call.request())) {
            response.headers().set("content-type", "application/grpc");
            putStatus(response.headers(), refusal);
            response.end();
            return;
        }
        var reason = refusal.reason();
        refusal.retryAfter()
                .ifPresent(delay -> response.putHeader("retry-after", Long.toString(Math.max(1, delay.toSeconds()))));
        response.setStatusCode(reason.http())
                .putHeader("content-type", Problem.MEDIA_TYPE)
                .end(new JsonObject()
                        .put("type", "https://gamehall.io/errors/" + reason.name())
                        .put("title", reason.title())
                        .put("status", reason.http())
                        .put("detail", refusal.getMessage())
                        .put("code", reason.name())
                        .toBuffer());
    }

    /** Gives Vert.x' own refusals of gRPC calls their reason: of a message over the limit, and of an unknown method. */
    public static void complete(HttpServerResponse response) {
        var headers = response.headers();
        if (headers.contains(STATUS)) {
            if (RESOURCE_EXHAUSTED.equals(headers.get(STATUS)) && !headers.contains(DETAILS.name())) {
                putStatus(headers, new Refusal(Reason.BODY_TOO_LARGE, "The message is over the limit"));
            }
        } else if (response.getStatusCode() == UNKNOWN_METHOD) {
            response.setStatusCode(OK);
            headers.set("content-type", "application/grpc");
            putStatus(headers, new Refusal(Reason.METHOD_NOT_ALLOWED, "There is no such gRPC method"));
        }
    }

    private static void putStatus(MultiMap headers, Refusal refusal) {
        StatusRuntimeException answer = GrpcRefusals.of(refusal);
        headers.set(STATUS, Integer.toString(answer.getStatus().getCode().value()));
        headers.set("grpc-message", percentEncoded(answer.getStatus().getDescription()));
        headers.set(
                DETAILS.name(),
                Base64.getEncoder().encodeToString(answer.getTrailers().get(DETAILS)));
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
