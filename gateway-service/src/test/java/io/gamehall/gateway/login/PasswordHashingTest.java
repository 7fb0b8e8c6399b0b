package io.gamehall.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.login.domain.Password;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class PasswordHashingTest {
    private static final Password PASSWORD = new Password("correct horse");
    /** Many times the cost of handing a password over. */
    private static final int COST = 8;

    /** Only the queue's length is to shed: a busy machine may take long for it. */
    private final LoginConfig config = GivenLogin.config(Map.of("wait-max", "10m"));

    private final Vertx vertx;

    PasswordHashingTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @Test
    void one_address_gets_its_part_of_the_queue_and_others_still_log_in() throws Exception {
        var passwords = new PasswordHashing(config, vertx);
        var hash = Optional.of(BcryptUtil.bcryptHash(PASSWORD.value(), COST));
        var greedy = InetAddress.ofLiteral("198.51.100.1");
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 3 * config.addressQueueMax(); i++) {
            answers.add(passwords.matches(PASSWORD, hash, greedy).subscribeAsCompletionStage());
        }

        var other = passwords.matches(PASSWORD, hash, InetAddress.ofLiteral("198.51.100.2"));

        assertThat(other.await().indefinitely()).isTrue();
        var shed = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
        assertThat(shed).isNotEmpty();
        assertThat(shed.getFirst().exceptionNow())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OVERLOADED));
        // What is through makes place again.
        for (var answer : answers) answer.handle((proved, failure) -> null).join();
        assertThat(passwords.matches(PASSWORD, hash, greedy).await().indefinitely())
                .isTrue();
        passwords.stop();
    }
}
