package io.gamehall.platform.testing;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * Session tokens for tests, signed by the key of {@link HallServers} as the gateway would; put {@code "Bearer "} in
 * front for the {@code authorization} header. Ids are those of {@code player_id}: unsigned, not 0.
 */
public final class TestTickets {
    private static final long LIFE_S = 3_600;
    private static final long LONG_AGO_S = 7_200;

    private TestTickets() {}

    /** A good token of generation 1. */
    public static String player(long id) {
        return player(id, 1);
    }

    /** A good token of a session's generation. */
    public static String player(long id, long generation) {
        return token(id, generation, "player", Instant.now(), signingKey());
    }

    /** Of another cell, whose key is good here too. */
    public static String ofRegion(String region, long id, String role) {
        return token(id, 1, role, region, Instant.now(), signingKey());
    }

    /** A good token of player 1 with the role {@code admin} only. */
    public static String admin() {
        return token(1, 1, "admin", Instant.now(), signingKey());
    }

    /** Genuine, but an hour too old. */
    public static String expired(long id) {
        return token(id, 1, "player", Instant.now().minusSeconds(LONG_AGO_S), signingKey());
    }

    /** Signed by a key that nobody knows. */
    public static String forged(long id) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return token(
                    id, 1, "player", Instant.now(), generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(long id, long generation, String role, Instant issuedAt, PrivateKey key) {
        return token(id, generation, role, HallServers.servers().cell(), issuedAt, key);
    }

    private static String token(
            long id, long generation, String role, String region, Instant issuedAt, PrivateKey key) {
        return Jwt.issuer("gamehall")
                .subject(Long.toUnsignedString(id))
                .claim("name", "player-" + Long.toUnsignedString(id))
                .claim("region", region)
                .claim("gen", generation)
                .groups(Set.of(role))
                .issuedAt(issuedAt)
                .expiresAt(issuedAt.plusSeconds(LIFE_S))
                .jws()
                .algorithm(SignatureAlgorithm.RS256)
                .sign(key);
    }

    private static PrivateKey signingKey() {
        var location = HallServers.servers().config().get("smallrye.jwt.sign.key.location");
        try {
            var body = Files.readString(Path.of(URI.create(location))).replaceAll("-----[A-Z ]+-----", "");
            var der = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
