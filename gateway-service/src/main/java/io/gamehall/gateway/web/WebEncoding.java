package io.gamehall.gateway.web;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** How gRPC-Web puts its frames into a body: as they are, or in base64 for browsers' {@code XMLHttpRequest}. */
enum WebEncoding {
    BINARY("application/grpc-web"),
    TEXT("application/grpc-web-text");

    private final String type;

    WebEncoding(String type) {
        this.type = type;
    }

    /** The encoding that a content type asks for; empty if it is not one of gRPC-Web with protobuf. */
    static Optional<WebEncoding> of(String contentType) {
        if (contentType == null || !contentType.regionMatches(true, 0, BINARY.type, 0, BINARY.type.length())) {
            return Optional.empty();
        }
        int end = contentType.indexOf(';');
        var type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/grpc-web", "application/grpc-web+proto" -> Optional.of(BINARY);
            case "application/grpc-web-text", "application/grpc-web-text+proto" -> Optional.of(TEXT);
            default -> Optional.empty();
        };
    }

    String contentType() {
        return type + "+proto";
    }

    /** A piece of an answer's body. In base64 each piece is padded for itself, so that it can be read when it comes. */
    Buffer encode(Buffer frames) {
        return this == BINARY ? frames : Buffer.buffer(Base64.getEncoder().encode(frames.getBytes()));
    }
}
