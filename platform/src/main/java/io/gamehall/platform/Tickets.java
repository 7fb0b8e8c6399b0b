package io.gamehall.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.InvalidJwtException;

/**
 * Verifies session tokens (JWT, RS256; settings under {@code mp.jwt.verify}). Safe for any thread and non-blocking.
 * A token that was found genuine is remembered, so that a player's further calls cost a look-up and no RSA.
 */
@ApplicationScoped
public class Tickets {
    /** Scheme of the {@code authorization} header. */
    public static final String BEARER = "Bearer ";

    /** The longest token looked at, in characters; ours are near 700. */
    static final int TOKEN_LENGTH_MAX = 4_096;

    private final JWTParser parser;
    private final Cache<String, Ticket> genuine;

    public Tickets(JWTParser parser, Settings settings) {
        this.parser = parser;
        this.genuine = Caffeine.newBuilder().maximumSize(settings.cachedMax()).build();
    }

    /** How tokens are verified. */
    @ConfigMapping(prefix = "gamehall.tickets")
    public interface Settings {
        /** Genuine tokens remembered, at about 1 KiB each; 0 verifies each time. */
        @WithDefault("20000")
        int cachedMax();
    }

    /**
     * The ticket in an {@code authorization} header.
     *
     * @param authorization the header's value, or null where there is none
     * @throws Refusal {@link Reason#TOKEN_MISSING}, {@link Reason#TOKEN_INVALID}, {@link Reason#TOKEN_EXPIRED}
     */
    public Ticket verify(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Refusal(Reason.TOKEN_MISSING, "Send 'authorization: Bearer <session token>'");
        }
        var token = authorization.substring(BEARER.length()).strip();
        if (token.length() > TOKEN_LENGTH_MAX) throw new Refusal(Reason.TOKEN_INVALID, "The token is too long");
        var ticket = genuine.getIfPresent(token);
        if (ticket == null) {
            ticket = parse(token);
            genuine.put(token, ticket);
        }
        if (!Instant.now().isBefore(ticket.expiresAt())) throw expired();
        return ticket;
    }

    private Ticket parse(String token) {
        try {
            return ticket(parser.parse(token));
        } catch (ParseException unacceptable) {
            if (hasExpired(unacceptable)) throw expired();
            throw new Refusal(Reason.TOKEN_INVALID, "The token is not signed by this hall, or is damaged");
        } catch (NumberFormatException | ClassCastException | NullPointerException incomplete) {
            throw new Refusal(Reason.TOKEN_INVALID, "The token lacks claims of a session");
        }
    }

    private static Ticket ticket(JsonWebToken jwt) {
        var player = Long.parseUnsignedLong(jwt.getSubject());
        if (player == 0) throw new NumberFormatException("No player has the id 0");
        return new Ticket(
                player,
                jwt.<String>getClaim("name"),
                jwt.<String>getClaim("region"),
                Long.parseLong(jwt.getClaim("gen").toString()),
                jwt.getGroups(),
                Instant.ofEpochSecond(jwt.getExpirationTime()));
    }

    private static boolean hasExpired(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException jwt && jwt.hasExpired()) return true;
        }
        return false;
    }

    private static Refusal expired() {
        return new Refusal(Reason.TOKEN_EXPIRED, "Log in again");
    }
}
