package io.gamehall.activity.join.waiting;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A player's place in the line before an activity: a moment that is kept free for them, and for nobody else. It is told
 * to the player and stored nowhere: signed, so that nobody else can make one, or use another's.
 *
 * @param activity its id
 * @param player the player's id, unsigned
 * @param turnMs when it is their turn, in milliseconds since 1970
 */
record Place(String activity, long player, long turnMs) {
    /** So much after it began, a turn is over, and the player a newcomer. */
    public static final long TURN_MS = 30_000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;
    private static final int TOKEN_CHARACTERS = 32;

    /** What a place is worth at a moment. */
    public enum Worth {
        /** The turn has not come yet. */
        EARLY,
        /** Let the player in. */
        TURN,
        /** The turn is over. */
        MISSED
    }

    public Worth at(long nowMs) {
        if (nowMs < turnMs) return Worth.EARLY;
        return nowMs - turnMs < TURN_MS ? Worth.TURN : Worth.MISSED;
    }

    /** In {@value #TOKEN_CHARACTERS} characters of {@code [A-Za-z0-9_-]}. */
    public String token(byte[] key) {
        var bytes = ByteBuffer.allocate(Long.BYTES + SIGNATURE_BYTES)
                .putLong(turnMs)
                .put(signature(key));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The place in a token; empty unless it was given to that player for that activity, and signed with that key. */
    public static Optional<Place> read(String token, String activity, long player, byte[] key) {
        if (token.length() != TOKEN_CHARACTERS) return Optional.empty();
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            var place = new Place(activity, player, bytes.getLong());
            var signature = new byte[SIGNATURE_BYTES];
            bytes.get(signature);
            return MessageDigest.isEqual(signature, place.signature(key)) ? Optional.of(place) : Optional.empty();
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
    }

    private byte[] signature(byte[] key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            var text = "place:" + activity + ":" + Long.toUnsignedString(player) + ":" + turnMs;
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)), SIGNATURE_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
