package io.gamehall.gateway.login.domain;

import java.nio.charset.StandardCharsets;

/**
 * Whom an OpenID Connect issuer vouches for.
 *
 * @param issuer 1-255 bytes of UTF-8
 * @param subject the issuer's unchanging id of the person, 1-255 bytes of UTF-8
 */
public record Identity(String issuer, String subject) {
    private static final int BYTES_MAX = 255;

    public Identity {
        if (!fits(issuer) || !fits(subject)) {
            throw new IllegalArgumentException("Issuer and subject are 1-255 bytes of UTF-8");
        }
    }

    private static boolean fits(String text) {
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
    }
}
