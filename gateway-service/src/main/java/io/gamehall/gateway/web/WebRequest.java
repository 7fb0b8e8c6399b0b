package io.gamehall.gateway.web;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/**
 * A gRPC-Web request as the gRPC server wants to see it. Pausing, resuming, the end of the connection and the client's
 * address are the request's own. Confined to its event loop.
 */
final class WebRequest extends HttpServerRequestWrapper {
    private final WebResponse response;
    private final MultiMap headers;
    private final WebBody body;

    /** @param bodyMax bytes of frames that are passed on; what comes after them is dropped */
    WebRequest(HttpServerRequestInternal request, WebEncoding encoding, int bodyMax) {
        super(request);
        this.response = new WebResponse(request.response(), encoding);
        this.headers = WebHeaders.ofCall(request.headers());
        this.body = new WebBody(encoding, bodyMax);
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_2;
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    public String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public String getHeader(CharSequence name) {
        return headers.get(name);
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    @Override
    public HttpServerRequest handler(Handler<Buffer> handler) {
        super.handler(
                handler == null
                        ? null
                        : piece -> {
                            var frames = body.read(piece);
                            if (frames.length() > 0) handler.handle(frames);
                        });
        return this;
    }
}
