package io.gamehall.reward.grant.rest;

import io.gamehall.reward.grant.domain.GrantPage.Cursor;
import io.gamehall.reward.pipeline.domain.Bounds;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Cursors as they stand in URLs: opaque to clients, so that what is in them can change. */
final class Cursors {
    private Cursors() {}

    static String text(Cursor cursor) {
        var plain = cursor.grantedAtMs() + ":" + cursor.source();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IllegalArgumentException with a message for the client */
    static Cursor parse(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            var colon = plain.indexOf(':');
            if (colon < 1) throw new IllegalArgumentException("No time");
            var time = Bounds.timeMs("time", Long.parseLong(plain.substring(0, colon)));
            return new Cursor(time, Bounds.visibleAscii("source", plain.substring(colon + 1), FactKey.ID_LENGTH_MAX));
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("before is not the next_before of an earlier page", damaged);
        }
    }
}
