package io.gamehall.platform;

import io.vertx.core.http.HttpServerRequest;

/**
 * Which requests Quarkus gives to its gRPC server: by the beginning of their content type, in any case of letters. What
 * guards gRPC calls has to take the same ones for calls, or it can be gone around by an {@code Application/gRPC}.
 */
public final class GrpcContentType {
    private static final String PREFIX = "application/grpc";

    private GrpcContentType() {}

    /** Whether the gRPC server will be asked to answer it. */
    public static boolean isOf(HttpServerRequest request) {
        var type = request.getHeader("content-type");
        return type != null && type.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }
}
