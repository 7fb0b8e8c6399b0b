package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.Page.Place;
import io.gamehall.reward.pipeline.domain.Bounds;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Places in pages as APIs carry them: opaque to clients, so that what is in them can change, and fit for URLs. */
public final class PageTokens {
    private static final int TOKEN_LENGTH_MAX = 500;
    private static final int KIND_LENGTH_MAX = 16;

    private PageTokens() {}

    public static String of(Moment moment) {
        return encoded(moment.atMs() + ":" + moment.ordinal() + ":" + moment.source());
    }

    public static String of(Place place) {
        return encoded(place.kind() + ":" + place.name());
    }

    /** @throws IllegalArgumentException with a message for the client */
    public static Moment moment(String token) {
        var parts = parts(token, 3);
        try {
            return new Moment(
                    Bounds.timeMs("time", Long.parseLong(parts[0])),
                    Bounds.visibleAscii("source", parts[2], FactKey.ID_LENGTH_MAX),
                    (int) Bounds.between("ordinal", Long.parseLong(parts[1]), 0, Integer.MAX_VALUE));
        } catch (IllegalArgumentException damaged) {
            throw damaged(damaged);
        }
    }

    /** @throws IllegalArgumentException with a message for the client */
    public static Place place(String token) {
        var parts = parts(token, 2);
        try {
            // The column of kinds can't be compared with anything but ASCII.
            return new Place(Bounds.visibleAscii("kind", parts[0], KIND_LENGTH_MAX), parts[1]);
        } catch (IllegalArgumentException damaged) {
            throw damaged(damaged);
        }
    }

    private static String encoded(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String[] parts(String token, int count) {
        try {
            if (token.length() > TOKEN_LENGTH_MAX) throw new IllegalArgumentException("Too long");
            var plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            var parts = plain.split(":", count);
            if (parts.length < count) throw new IllegalArgumentException("Too short");
            return parts;
        } catch (IllegalArgumentException damaged) {
            throw damaged(damaged);
        }
    }

    private static IllegalArgumentException damaged(IllegalArgumentException cause) {
        return new IllegalArgumentException("The page's token is not that of the page before it", cause);
    }
}
