package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Account;
import io.gamehall.platform.Cell;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.jwt.util.ResourceUtils;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes session tokens: JWT, RS256. Signing takes a processor about a millisecond. Safe for any thread. */
@Singleton
class SessionTokens {
    private static final String ISSUER = "gamehall";
    private static final String PLAYER = "player";
    private static final String ADMIN = "admin";

    private final PrivateKey key;
    private final Duration lifetime;
    private final Set<String> admins;
    private final String region;

    /** A signed token and when it ends, in whole seconds. */
    record Token(String value, Instant expiresAt) {}

    SessionTokens(LoginConfig config, Cell cell) throws IOException, GeneralSecurityException {
        // Read once: the builder's own way is to read the file for each token.
        var pem = ResourceUtils.readResource(config.signingKeyLocation());
        if (pem == null) throw new IOException("No private key at " + config.signingKeyLocation());
        key = KeyUtils.decodePrivateKey(pem, SignatureAlgorithm.RS256);
        lifetime = config.tokenLifetime();
        admins = Set.copyOf(config.admins().orElse(List.of()));
        region = cell.name();
    }

    Token sign(Account account, long generation) {
        var now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        var expiresAt = now.plus(lifetime);
        var roles = new HashSet<>(Set.of(PLAYER));
        if (admins.contains(account.name().value())) roles.add(ADMIN);
        var token = Jwt.claims()
                .issuer(ISSUER)
                .subject(Long.toUnsignedString(account.player()))
                .groups(roles)
                .claim("name", account.name().value())
                .claim("region", region)
                .claim("gen", generation)
                .issuedAt(now)
                .expiresAt(expiresAt)
                .jws()
                .algorithm(SignatureAlgorithm.RS256)
                .sign(key);
        return new Token(token, expiresAt);
    }
}
