package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Identity;
import io.gamehall.platform.PublicKeys;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.VerificationKeys;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies ID tokens (OpenID Connect Core, 3.1.3.7) of the one issuer that is trusted: signed with RS256 by a key of
 * its set whatever the token says of algorithms and keys, for this hall, and fresh. Never blocks; safe for any thread.
 */
@Singleton
class IdTokens {
    private static final Logger LOG = Logger.getLogger(IdTokens.class);
    private static final int LENGTH_MAX = 8_192;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Optional<Issuer> issuer;

    private record Issuer(String audience, VerificationKeys keys, JwtConsumer verification) {}

    IdTokens(OidcConfig config, Vertx vertx) {
        issuer = config.issuer().map(name -> issuer(name, config, vertx));
    }

    @PreDestroy
    void stop() {
        issuer.ifPresent(it -> it.keys().close());
    }

    /** @throws Refusal {@link Reason#OIDC_OFF} if no issuer is trusted */
    void requireOn() {
        trusted();
    }

    /**
     * Whom a token vouches for.
     *
     * @throws Refusal {@link Reason#OIDC_OFF}, {@link Reason#LOGIN_FAILED}, {@link Reason#DEPENDENCY_UNAVAILABLE} as
     *     long as the issuer's keys could not be read
     */
    Identity verify(String idToken) {
        var trusted = trusted();
        if (idToken.length() > LENGTH_MAX) throw failed("It is too long");
        if (trusted.keys().current().isEmpty()) {
            throw new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The issuer's keys are not known yet").retryAfter(RETRY);
        }
        try {
            var claims = trusted.verification().processToClaims(idToken);
            var party = claims.getStringClaimValue("azp");
            if (party != null && !party.equals(trusted.audience())) throw failed("It was given to another party");
            // The mark of logout tokens and the like, which have the same issuer, keys and audience.
            if (claims.hasClaim("events")) throw failed("It tells of an event, and logs nobody in");
            return new Identity(claims.getIssuer(), claims.getSubject());
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException unacceptable) {
            throw failed(unacceptable.getMessage());
        }
    }

    private Issuer trusted() {
        return issuer.orElseThrow(() -> new Refusal(Reason.OIDC_OFF, "Log in with name and password"));
    }

    private static Issuer issuer(String name, OidcConfig config, Vertx vertx) {
        var audience = config.audience().orElseThrow(() -> missing("audience"));
        var location = config.jwksLocation().orElseThrow(() -> missing("jwks-location"));
        requireSafe(location);
        var keys = new VerificationKeys(vertx, location, config.keysRefresh());
        int skewSeconds = (int) config.clockSkew().toSeconds();
        var verification = new JwtConsumerBuilder()
                .setVerificationKeyResolver((signature, nesting) -> keys.find(signature.getKeyIdHeaderValue())
                        .orElseThrow(() -> new UnresolvableKeyException("Not a key of the issuer")))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, PublicKeys.ALGORITHM)
                // Says JWT, or nothing: access and logout tokens name a type of their own.
                .setExpectedType(false, "JWT")
                .setExpectedIssuer(name)
                .setExpectedAudience(audience)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(skewSeconds, (int) config.tokenAgeMax().toSeconds())
                .setAllowedClockSkewInSeconds(skewSeconds)
                .build();
        return new Issuer(audience, keys, verification);
    }

    /** Who can change what is on its way here can make keys of theirs the issuer's. */
    static void requireSafe(String location) {
        if (!location.regionMatches(true, 0, "http:", 0, 5)) return;
        var host = Optional.ofNullable(URI.create(location).getHost()).orElse("");
        if (!host.equals("localhost")
                && !host.equals("[::1]")
                && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("gamehall.login.oidc.jwks-location must be https, or on this machine");
        }
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("gamehall.login.oidc.issuer needs gamehall.login.oidc." + key);
    }

    private static Refusal failed(String why) {
        // Not told to the client: it may show what a token of somebody else says.
        LOG.debugf("An ID token was refused: %s", why);
        return new Refusal(Reason.LOGIN_FAILED, "The ID token is not one of the issuer's for this hall, or is too old");
    }
}
