package io.gamehall.gateway.login;

import io.gamehall.gateway.signing.SigningKey;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Tickets;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Writes session tokens: JWT, RS256. Signing takes a processor about a millisecond. Safe for any thread. */
@Singleton
class SessionTokens {
    private static final String PLAYER = "player";
    private static final String ADMIN = "admin";
    private static final String GUEST = "guest";

    private final SigningKey key;
    private final Duration lifetime;
    private final Duration sessionMax;
    private final Duration refreshMin;
    private final Admins admins;
    private final String region;

    /**
     * What a token says of a session.
     *
     * @param loggedInAt when it began
     */
    record Subject(long player, String name, boolean guest, long generation, Instant loggedInAt) {}

    /** A signed token and when it ends, in whole seconds. */
    record Token(String value, Instant expiresAt) {}

    SessionTokens(SigningKey key, LoginConfig config, Admins admins, Cell cell) {
        this.key = key;
        lifetime = config.tokenLifetime();
        sessionMax = config.sessionMax();
        refreshMin = config.refreshMin();
        this.admins = admins;
        region = cell.name();
    }

    /** From when on no token of a session is good. */
    Instant endOf(Instant loggedInAt) {
        return loggedInAt.plus(sessionMax);
    }

    /** How long to wait until another token would be good for so much longer that it is worth its signature. */
    Duration refreshableIn(Instant expiresAt) {
        return Duration.between(Instant.now().plus(lifetime), expiresAt.plus(refreshMin));
    }

    static boolean isGuest(Set<String> roles) {
        return roles.contains(GUEST);
    }

    Token sign(Subject subject) {
        var now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        var loggedInAt = Instant.ofEpochSecond(subject.loggedInAt().getEpochSecond());
        var end = endOf(loggedInAt);
        var expiresAt = now.plus(lifetime).isBefore(end) ? now.plus(lifetime) : end;
        var claims = Jwt.claims()
                .issuer(Tickets.ISSUER)
                .subject(Long.toUnsignedString(subject.player()))
                .groups(roles(subject))
                .claim("name", subject.name())
                .claim("region", region)
                .claim("gen", subject.generation())
                .claim("auth_time", loggedInAt.getEpochSecond())
                .issuedAt(now)
                .expiresAt(expiresAt);
        return new Token(key.sign(claims), expiresAt);
    }

    private Set<String> roles(Subject subject) {
        var roles = new HashSet<>(Set.of(PLAYER));
        if (admins.has(subject.name())) roles.add(ADMIN);
        if (subject.guest()) roles.add(GUEST);
        return roles;
    }
}
