package io.gamehall.gateway.web;

import io.vertx.core.MultiMap;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers of a browser's request are the call's metadata. */
final class WebHeaders {
    private static final Set<String> KNOWN = Set.of(
            "authorization",
            "forwarded",
            "grpc-encoding",
            "grpc-timeout",
            "origin",
            "traceparent",
            "tracestate",
            "user-agent");
    private static final Pattern OWN = Pattern.compile("x-[0-9a-z_.-]+");
    private static final String BINARY = "-bin";

    private WebHeaders() {}

    /**
     * The headers of the gRPC call: what the framework knows, and {@code x-…}; in lower case, as gRPC wants them. Cookies
     * and what belongs to the HTTP connection stay behind, and so do bytes that are not base64.
     */
    static MultiMap ofCall(MultiMap ofRequest) {
        var ofCall = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : ofRequest) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (isMetadata(name, header.getValue())) ofCall.add(name, header.getValue());
        }
        return ofCall.set("content-type", "application/grpc+proto").set("te", "trailers");
    }

    private static boolean isMetadata(String name, String value) {
        if (KNOWN.contains(name)) return true;
        return OWN.matcher(name).matches() && (!name.endsWith(BINARY) || isBase64(value));
    }

    private static boolean isBase64(String value) {
        try {
            Base64.getDecoder().decode(value);
            return true;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
