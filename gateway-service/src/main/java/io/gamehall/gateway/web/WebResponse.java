package io.gamehall.gateway.web;

import io.gamehall.gateway.limits.LimitAnswers;
import io.grpc.Status;
import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Takes a gRPC answer and sends it as gRPC-Web: its trailers become the last frame of the body, also those of an answer
 * that is nothing but trailers, so that a script of another origin need not be allowed to read them as headers. Confined
 * to its event loop.
 */
final class WebResponse extends AbstractResponseWrapper {
    private static final String STATUS = "grpc-status";
    private static final List<String> STATUS_TRAILERS = List.of(STATUS, "grpc-message", "grpc-status-details-bin");
    private static final byte TRAILERS = (byte) 0x80;
    private static final int OK = 200;

    private final HttpServerResponse http;
    private final WebEncoding encoding;
    private final MultiMap trailers = MultiMap.caseInsensitiveMultiMap();

    WebResponse(HttpServerResponse http, WebEncoding encoding) {
        super(http);
        this.http = http;
        this.encoding = encoding;
    }

    @Override
    public MultiMap trailers() {
        return trailers;
    }

    @Override
    public Future<Void> writeHead() {
        beginStream();
        return http.writeHead();
    }

    @Override
    public Future<Void> write(Buffer frames) {
        beginStream();
        return http.write(encoding.encode(frames));
    }

    @Override
    public Future<Void> end() {
        return end(Buffer.buffer());
    }

    @Override
    public Future<Void> end(Buffer frames) {
        if (!http.headWritten()) {
            moveStatusToTrailers();
            http.headers().set("content-type", encoding.contentType());
        }
        return http.end(encoding.encode(Buffer.buffer().appendBuffer(frames).appendBuffer(trailersFrame())));
    }

    private void beginStream() {
        if (http.headWritten()) return;
        http.setChunked(true);
        http.headers().set("content-type", encoding.contentType());
    }

    private void moveStatusToTrailers() {
        LimitAnswers.complete(http);
        for (var name : STATUS_TRAILERS) {
            var value = http.headers().get(name);
            if (value != null) trailers.set(name, value);
            http.headers().remove(name);
        }
        if (trailers.contains(STATUS)) return;
        // Not the gRPC server's answer.
        trailers.set(STATUS, Integer.toString(ofHttp(http.getStatusCode()).value()));
        http.setStatusCode(OK).setStatusMessage("OK");
    }

    private Buffer trailersFrame() {
        var lines = new StringBuilder();
        trailers.forEach((name, value) -> lines.append(name.toLowerCase(Locale.ROOT))
                .append(": ")
                .append(value)
                .append("\r\n"));
        var text = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
        return Buffer.buffer(5 + text.length)
                .appendByte(TRAILERS)
                .appendInt(text.length)
                .appendBytes(text);
    }

    /** What gRPC says of answers that are none of gRPC's. */
    private static Status.Code ofHttp(int status) {
        return switch (status) {
            case 400 -> Status.Code.INTERNAL;
            case 401 -> Status.Code.UNAUTHENTICATED;
            case 403 -> Status.Code.PERMISSION_DENIED;
            case 404 -> Status.Code.UNIMPLEMENTED;
            case 413 -> Status.Code.RESOURCE_EXHAUSTED;
            case 429, 502, 503, 504 -> Status.Code.UNAVAILABLE;
            default -> Status.Code.UNKNOWN;
        };
    }
}
