package io.gamehall.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies session tokens (JWT, RS256) with the key that each names by its
 * {@code kid}. Safe for any thread and non-blocking. A token that was found genuine is remembered, so that a player's
 * further calls cost a look-up and no RSA, until it expires or the keys change. A token has one form: one that decodes to
 * the same and is spelt otherwise is refused, so that nobody makes many of one.
 */
@Singleton
public class Tickets {
    /** Scheme of the {@code authorization} header. */
    public static final String BEARER = "Bearer ";

    /** Who issues session tokens: their {@code iss}. */
    public static final String ISSUER = "gamehall";

    /** The longest token looked at, in characters; ours are near 700. */
    static final int TOKEN_LENGTH_MAX = 4_096;

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** By so much a generation may be ahead of our clock. */
    private static final long AHEAD_MS_MAX = Duration.ofDays(1).toMillis();

    private final VerificationKeys keys;
    private final JwtConsumer verification;
    private final Cache<TokenDigest, Genuine> genuine;

    /** A ticket and the keys that it was verified with: once they have changed, it is to be verified again. */
    private record Genuine(Ticket ticket, PublicKeys keys) {}

    public Tickets(Settings settings, Vertx vertx) {
        this.keys = new VerificationKeys(vertx, location(settings), settings.keysRefresh());
        this.verification = new JwtConsumerBuilder()
                .setVerificationKeyResolver((signature, nesting) -> keys.find(signature.getKeyIdHeaderValue())
                        .orElseThrow(() -> new UnresolvableKeyException("Not a key of ours")))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, PublicKeys.ALGORITHM)
                .setExpectedIssuer(ISSUER)
                .setSkipDefaultAudienceValidation()
                .setRequireExpirationTime()
                .setRequireSubject()
                .build();
        // Its upkeep is short and waits for nobody: handing it to another thread would cost more than doing it.
        this.genuine = Caffeine.newBuilder()
                .maximumSize(settings.cachedMax())
                .executor(Runnable::run)
                .build();
    }

    /** How tokens are verified. */
    @ConfigMapping(prefix = "gamehall.tickets")
    public interface Settings {
        /**
         * Genuine tokens remembered, at about 400 bytes each; 0 verifies each time. With fewer than there are players at a
         * time most calls pay for the RSA again.
         */
        @WithDefault("100000")
        int cachedMax();

        /**
         * Where the keys are: a file, a resource or an http(s) URL with a JWK set or PEM blocks. By default
         * {@code mp.jwt.verify.publickey.location}; needed wherever tokens are verified.
         */
        Optional<String> keysLocation();

        /** How often the keys are read again. */
        @WithDefault("1m")
        Duration keysRefresh();
    }

    @PreDestroy
    void stop() {
        keys.close();
    }

    /** The keys whose tokens are good; empty as long as they could not be read. */
    public Optional<PublicKeys> keys() {
        return keys.current();
    }

    /**
     * The ticket in an {@code authorization} header.
     *
     * @param authorization the header's value, or null where there is none
     * @throws Refusal {@link Reason#TOKEN_MISSING}, {@link Reason#TOKEN_INVALID}, {@link Reason#TOKEN_EXPIRED},
     *     {@link Reason#DEPENDENCY_UNAVAILABLE} as long as the keys could not be read
     */
    public Ticket verify(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Refusal(Reason.TOKEN_MISSING, "Send 'authorization: Bearer <session token>'");
        }
        var token = authorization.substring(BEARER.length()).strip();
        if (token.length() > TOKEN_LENGTH_MAX) throw new Refusal(Reason.TOKEN_INVALID, "The token is too long");
        var present = keys.current().orElseThrow(Tickets::unverifiable);
        var digest = TokenDigest.of(token);
        var known = genuine.getIfPresent(digest);
        if (known == null || known.keys() != present) {
            // Only canonical ones are remembered, so nobody can fill the memory with spellings of one token.
            if (!CompactToken.isCanonical(token)) throw damaged();
            known = new Genuine(parse(token), present);
            genuine.put(digest, known);
        }
        if (!Instant.now().isBefore(known.ticket().expiresAt())) throw expired();
        return known.ticket();
    }

    private Ticket parse(String token) {
        try {
            return ticket(verification.processToClaims(token));
        } catch (InvalidJwtException unacceptable) {
            if (unacceptable.hasExpired()) throw expired();
            throw damaged();
        } catch (MalformedClaimException | NumberFormatException | NullPointerException incomplete) {
            throw new Refusal(Reason.TOKEN_INVALID, "The token lacks claims of a session");
        }
    }

    private static Ticket ticket(JwtClaims claims) throws MalformedClaimException {
        var player = Long.parseUnsignedLong(claims.getSubject());
        if (player == 0) throw new NumberFormatException("No player has the id 0");
        var generation = Long.parseLong(claims.getClaimValueAsString("gen"));
        // Generations follow the clock: a registry that believed one of the far future could raise it no more.
        if (generation < 0 || generation > System.currentTimeMillis() + AHEAD_MS_MAX) {
            throw new NumberFormatException("No session has this generation yet");
        }
        var loggedIn = claims.getNumericDateClaimValue("auth_time");
        return new Ticket(
                player,
                Objects.requireNonNull(claims.getStringClaimValue("name")),
                Objects.requireNonNull(claims.getStringClaimValue("region")),
                generation,
                new HashSet<>(claims.getStringListClaimValue("groups")),
                instant(loggedIn == null ? claims.getIssuedAt() : loggedIn),
                instant(claims.getExpirationTime()));
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochSecond(date.getValue());
    }

    private static Refusal damaged() {
        return new Refusal(Reason.TOKEN_INVALID, "The token is not signed by this hall, or is damaged");
    }

    private static Refusal expired() {
        return new Refusal(Reason.TOKEN_EXPIRED, "Log in again");
    }

    private static String location(Settings settings) {
        return settings.keysLocation()
                .orElseThrow(() -> new IllegalStateException("mp.jwt.verify.publickey.location is not set"));
    }

    private static Refusal unverifiable() {
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The keys of session tokens are not known yet")
                .retryAfter(RETRY);
    }
}
