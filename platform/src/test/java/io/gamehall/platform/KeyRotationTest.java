package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.testing.RsaKey;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.util.KeyUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RsaKey OLD = new RsaKey("old");
    private static final RsaKey NEW = new RsaKey("new");
    private static final RsaKey THIRD = new RsaKey("third");
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Tickets tickets;
    private HttpServer server;
    private volatile String served = "";

    @AfterEach
    void stop() throws Exception {
        if (tickets != null) tickets.stop();
        if (server != null)
            server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stopAll() {
        VERTX.close();
    }

    @Test
    void tokens_of_two_keys_are_good_at_once_and_of_a_third_are_not() throws IOException {
        tickets = tickets(file(OLD.and(NEW)), NEVER);

        assertThat(player(OLD.sign(claims(7)))).isEqualTo(7);
        assertThat(player(NEW.sign(claims(8)))).isEqualTo(8);
        assertThat(refusal(THIRD.sign(claims(9)))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void a_signature_is_checked_with_the_key_that_it_names_and_no_other() throws IOException {
        tickets = tickets(file(OLD.and(NEW)), NEVER);

        assertThat(refusal(THIRD.signAs("old", claims(9)))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(NEW.signAs("old", claims(9)))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(NEW.signAs(null, claims(9)))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void what_a_token_says_of_its_algorithm_is_not_believed() throws IOException {
        tickets = tickets(file(OLD.and(NEW)), NEVER);
        var secret = KeyUtils.createSecretKeyFromSecret(OLD.pem());

        assertThat(refusal(claims(9).jws().keyId("old").sign(secret))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(RsaKey.unsigned(claims(9)))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void a_plain_pem_file_is_enough_for_one_key() throws IOException {
        tickets = tickets(file(OLD.pem()), NEVER);

        assertThat(player(OLD.signAs(null, claims(7)))).isEqualTo(7);
        assertThat(player(OLD.signAs(OLD.thumbprint(), claims(7)))).isEqualTo(7);
        assertThat(player(OLD.sign(claims(7)))).isEqualTo(7);
        assertThat(refusal(NEW.signAs(OLD.thumbprint(), claims(7)))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void a_pem_file_can_hold_two_keys_whose_ids_are_their_thumbprints() throws IOException {
        tickets = tickets(file(OLD.pem() + NEW.pem()), NEVER);

        assertThat(player(OLD.signAs(OLD.thumbprint(), claims(7)))).isEqualTo(7);
        assertThat(player(NEW.signAs(NEW.thumbprint(), claims(7)))).isEqualTo(7);
        assertThat(refusal(THIRD.signAs(THIRD.thumbprint(), claims(7)))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void a_key_that_a_token_names_is_learnt_from_the_url_without_a_restart() throws Exception {
        served = OLD.and();
        tickets = tickets(url(), NEVER);
        await().until(() -> tickets.keys().isPresent());
        assertThat(refusal(NEW.sign(claims(8)))).isEqualTo(Reason.TOKEN_INVALID);

        served = OLD.and(NEW);

        await().atMost(Duration.ofMinutes(1)).until(() -> accepts(NEW.sign(claims(8))));
        assertThat(player(OLD.sign(claims(7)))).isEqualTo(7);
    }

    @Test
    void a_key_that_was_withdrawn_is_good_no_more_even_for_a_token_known_as_genuine() throws Exception {
        served = OLD.and(NEW);
        tickets = tickets(url(), Duration.ofSeconds(1));
        var token = OLD.sign(claims(7));
        await().until(() -> accepts(token));

        served = NEW.and();

        await().atMost(Duration.ofMinutes(1)).until(() -> !accepts(token));
        assertThat(refusal(token)).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(player(NEW.sign(claims(8)))).isEqualTo(8);
    }

    @Test
    void a_file_is_read_again_and_its_last_good_state_is_kept() throws Exception {
        var location = file(OLD.and());
        tickets = tickets(location, Duration.ofSeconds(1));
        Files.writeString(folder.resolve("keys"), "not keys");
        assertThat(player(OLD.sign(claims(7)))).isEqualTo(7);

        Files.writeString(folder.resolve("keys"), NEW.and());

        await().atMost(Duration.ofMinutes(1)).until(() -> accepts(NEW.sign(claims(8))));
        assertThat(refusal(OLD.sign(claims(7)))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void until_the_keys_are_known_a_caller_is_told_to_come_again() throws Exception {
        served = "{\"keys\": []}";
        tickets = tickets(url(), NEVER);
        assertThat(refusal(OLD.sign(claims(7)))).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);

        served = OLD.and();

        await().atMost(Duration.ofMinutes(1)).until(() -> accepts(OLD.sign(claims(7))));
    }

    @Test
    void an_expired_token_is_told_from_a_forged_one() throws IOException {
        tickets = tickets(file(OLD.and(NEW)), NEVER);
        var past = Instant.now().minusSeconds(60);

        assertThat(refusal(OLD.sign(claims(7).expiresAt(past)))).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(refusal(THIRD.signAs("old", claims(7).expiresAt(past)))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(OLD.sign(Jwt.issuer("gamehall").subject("7").expiresIn(60))))
                .isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(OLD.sign(claims(7).issuer("another")))).isEqualTo(Reason.TOKEN_INVALID);
    }

    private static JwtClaimsBuilder claims(long player) {
        return Jwt.issuer("gamehall")
                .subject(Long.toString(player))
                .claim("name", "p")
                .claim("region", "r")
                .claim("gen", 1)
                .groups(Set.of("player"))
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(600));
    }

    private long player(String token) {
        return tickets.verify("Bearer " + token).player();
    }

    private boolean accepts(String token) {
        try {
            return player(token) != 0;
        } catch (Refusal refused) {
            return false;
        }
    }

    private Reason refusal(String token) {
        var refused = catchThrowableOfType(Refusal.class, () -> tickets.verify("Bearer " + token));
        assertThat(refused).as("the token is refused").isNotNull();
        return refused.reason();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("keys"), text).toUri().toString();
    }

    private String url() throws Exception {
        server = VERTX.createHttpServer()
                .requestHandler(request -> request.response().end(served))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return "http://127.0.0.1:" + server.actualPort() + "/api/jwks.json";
    }

    private static Tickets tickets(String location, Duration refresh) {
        return new Tickets(
                new Tickets.Settings() {
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
                        return refresh;
                    }
                },
                VERTX);
    }
}
