package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gamehall.platform.testing.RsaKey;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One token is one text: jose4j would take countless others for it, each a fresh entry of caches and limits. */
class TokenSpellingTest {
    private static final RsaKey KEY = new RsaKey("key");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Tickets tickets;

    @BeforeEach
    void open() throws IOException {
        var pem = Files.writeString(folder.resolve("public.pem"), KEY.pem());
        tickets = new Tickets(settings(pem.toUri().toString()), vertx);
    }

    @AfterEach
    void close() {
        tickets.stop();
        vertx.close();
    }

    @Test
    void a_genuine_token_is_good_as_it_was_given_and_in_no_other_spelling() {
        var token = token("-");
        int dash = token.indexOf('-', token.lastIndexOf('.'));
        var last = token.charAt(token.length() - 1);
        var sameBits = (char) (last + 1);

        assertThat(reason(token)).isEmpty();
        assertThat(reason(token + "=1")).contains(Reason.TOKEN_INVALID);
        assertThat(reason(token + "==")).contains(Reason.TOKEN_INVALID);
        assertThat(reason(token.substring(0, dash) + "!" + token.substring(dash)))
                .contains(Reason.TOKEN_INVALID);
        assertThat(reason(token.substring(0, dash) + "+" + token.substring(dash + 1)))
                .contains(Reason.TOKEN_INVALID);
        assertThat(reason(token.substring(0, token.length() - 1) + sameBits)).contains(Reason.TOKEN_INVALID);
        assertThat(reason(token + ".")).contains(Reason.TOKEN_INVALID);
        assertThat(reason(token + "." + token)).contains(Reason.TOKEN_INVALID);
        assertThat(reason(token.replace(".", ".."))).contains(Reason.TOKEN_INVALID);
        assertThat(reason(token)).isEmpty();
    }

    /** One whose signature has this in it. */
    private static String token(String part) {
        String token;
        long generation = 0;
        do {
            token = KEY.sign(Jwt.issuer(Tickets.ISSUER)
                    .subject("7")
                    .claim("name", "somebody")
                    .claim("region", "here")
                    .claim("gen", ++generation)
                    .groups(Set.of("player"))
                    .issuedAt(Instant.now())
                    .expiresAt(Instant.now().plusSeconds(3_600)));
        } while (token.indexOf(part, token.lastIndexOf('.')) < 0);
        return token;
    }

    private Optional<Reason> reason(String token) {
        var refusal = catchThrowableOfType(Refusal.class, () -> tickets.verify("Bearer " + token));
        return Optional.ofNullable(refusal).map(Refusal::reason);
    }

    private static Tickets.Settings settings(String location) {
        return new Tickets.Settings() {
            @Override
            public int cachedMax() {
                return 100;
            }

            @Override
            public Optional<String> keysLocation() {
                return Optional.of(location);
            }

            @Override
            public Duration keysRefresh() {
                return Duration.ofDays(1);
            }
        };
    }
}
