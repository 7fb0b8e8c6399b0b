package io.gamehall.gateway.routing;

import io.gamehall.gateway.routing.domain.Hall;
import io.gamehall.gateway.routing.domain.Trail;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Writes and reads the tickets of redirects: {@code base64url(text).base64url(mac)}, where the text has the lines
 * version, end (seconds), region, and for each stop its region and address; the MAC is HMAC-SHA256. They say nothing
 * that is secret and allow nothing but to skip the search for a region. Safe for any thread.
 */
@Singleton
class RedirectTickets {
    private static final Logger LOG = Logger.getLogger(RedirectTickets.class);
    private static final String VERSION = "1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "gamehall redirect ticket";
    private static final int SECRET_MIN = 16;
    /** Three stops of 40 + 253 characters, in base64. */
    private static final int LENGTH_MAX = 1_500;

    private static final int HEAD_LINES = 3;

    private final SecretKeySpec key;
    private final Duration lifetime;

    RedirectTickets(RoutingConfig config) {
        config.secret().filter(secret -> secret.length() < SECRET_MIN).ifPresent(tooShort -> {
            throw new IllegalArgumentException("gamehall.routing.secret: " + SECRET_MIN + " characters or more");
        });
        if (config.secret().isEmpty() && config.cells().map(List::size).orElse(0) > 1) {
            LOG.warn("No gamehall.routing.secret: other cells will refuse the players that are sent there from here");
        }
        // Not the secret itself, which may have other uses.
        var secret = new SecretKeySpec(bytes(config.secret().orElseGet(config::serviceCredential)), ALGORITHM);
        key = new SecretKeySpec(mac(secret, bytes(PURPOSE)), ALGORITHM);
        lifetime = config.ticketLifetime();
    }

    String write(Trail trail, Instant now) {
        var lines = new ArrayList<String>();
        lines.add(VERSION);
        lines.add(Long.toString(now.plus(lifetime).getEpochSecond()));
        lines.add(trail.region().orElse(""));
        for (var stop : trail.stops()) {
            lines.add(stop.region());
            lines.add(stop.address());
        }
        var text = bytes(String.join("\n", lines));
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(text) + "." + base64.encodeToString(mac(key, text));
    }

    /**
     * @param ticket empty: none
     * @throws Refusal {@link Reason#TICKET_INVALID} if it is not one of ours, or too old
     */
    Optional<Trail> read(String ticket, Instant now) {
        if (ticket.isEmpty()) return Optional.empty();
        int dot = ticket.indexOf('.');
        if (dot < 0 || ticket.length() > LENGTH_MAX) throw invalid("It is none");
        try {
            var text = Base64.getUrlDecoder().decode(ticket.substring(0, dot));
            var mac = Base64.getUrlDecoder().decode(ticket.substring(dot + 1));
            if (!MessageDigest.isEqual(mac, mac(key, text))) throw invalid("Its signature is not of these halls");
            return Optional.of(trail(new String(text, StandardCharsets.UTF_8).split("\n", -1), now));
        } catch (IllegalArgumentException alien) {
            throw invalid("It is none");
        }
    }

    private static Trail trail(String[] lines, Instant now) {
        if (lines.length < HEAD_LINES || !lines[0].equals(VERSION)) throw invalid("It is of another version");
        if (now.getEpochSecond() > Long.parseLong(lines[1])) throw invalid("It is too old");
        var stops = new ArrayList<Hall>();
        for (int i = HEAD_LINES; i + 1 < lines.length; i += 2) stops.add(new Hall(lines[i], lines[i + 1]));
        return new Trail(Optional.of(lines[2]).filter(region -> !region.isEmpty()), stops);
    }

    private static Refusal invalid(String detail) {
        return new Refusal(Reason.TICKET_INVALID, detail);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
