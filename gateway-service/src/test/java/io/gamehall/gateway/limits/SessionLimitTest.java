package io.gamehall.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.SessionLimitContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Behind a trusted proxy, which these tests are. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
@TestProfile(SessionLimitContract.Strict.class)
class SessionLimitTest extends SessionLimitContract {
    SessionLimitTest() {
        super("/api/rooms?game=any");
    }

    @Test
    void a_trusted_proxy_does_not_lose_its_connection_for_one_session() {
        var token = "Bearer no.genuine.token-of-one-of-many";
        exhaust(token);
        var held = CompletableFuture.supplyAsync(() -> refused(token));
        await().until(() -> metric("gamehall_limits_held") == 1);

        var oneMore = refused(token);

        assertThat(oneMore.header("connection")).isNull();
        assertThat(held.join().header("connection")).isNull();
        assertThat(metric("gamehall_limits_cut_total")).isZero();
    }
}
