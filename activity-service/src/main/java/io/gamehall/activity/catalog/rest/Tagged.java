package io.gamehall.activity.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.ShownActivity;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Answers to who polls: with an ETag that follows from what is shown, so it is good at any instance; 304 and no body to
 * who has that already.
 */
final class Tagged {
    /** It may be kept, but is to be asked for each time, with its tag. */
    private static final String CACHING = "private, no-cache";

    private static final int TAG_BYTES = 16;

    private Tagged() {}

    /**
     * @param view as which they are shown: each has tags of its own
     * @param known the header If-None-Match, or null
     */
    static RestResponse<ObjectNode> answer(
            ActivityView view, List<ShownActivity> shown, String known, Supplier<ObjectNode> body) {
        var tag = tag(view, shown);
        var answer = isKnown(tag, known)
                ? RestResponse.ResponseBuilder.<ObjectNode>notModified()
                : RestResponse.ResponseBuilder.ok(body.get());
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, CACHING)
                .build();
    }

    /** The terms do not change without the version. */
    private static String tag(ActivityView view, List<ShownActivity> shown) {
        var text = new StringBuilder(view.name()).append('\n');
        for (var one : shown) {
            text.append(one.activity().id()).append(' ').append(one.activity().version());
            text.append(' ').append(one.status()).append(' ').append(one.remaining());
            text.append('\n');
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.US_ASCII));
            return "\"" + HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES)) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isKnown(String etag, String known) {
        if (known == null) return false;
        for (var one : known.split(",")) {
            var tag = one.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) return true;
        }
        return false;
    }
}
