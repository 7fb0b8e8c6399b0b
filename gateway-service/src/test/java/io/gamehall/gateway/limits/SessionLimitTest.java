package io.gamehall.gateway.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One session that asks for more than it may. Its limit is before its token is verified, so that need not be genuine. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
@TestProfile(SessionLimitTest.Strict.class)
class SessionLimitTest {
    private static final String PATH = "/api/rooms?game=any";
    private static final int CALLS_MAX = 100;

    /** A hold that ends with the test's hall, or when its client hangs up: nothing is answered by chance. */
    public static final class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gamehall.limits.session", "1/3",
                    "gamehall.limits.hold.after", "2",
                    "gamehall.limits.hold.forgiven", "1H",
                    "gamehall.limits.hold.time", "5S");
        }
    }

    @Test
    void a_session_that_goes_on_after_being_refused_waits_for_its_answers_and_others_do_not() {
        var token = "Bearer no.genuine.token-of-a-flooder";
        var served = new AtomicBoolean();
        int calls = 0;
        for (int refused = 0; refused < 2; calls++) {
            assertThat(calls).isLessThan(CALLS_MAX);
            if (status(token) == 429) refused++;
        }
        // A call that is free again in between is answered as usual.
        var flood = CompletableFuture.supplyAsync(() -> {
            for (int i = 0; i < CALLS_MAX; i++) {
                var answer = given().header("authorization", token).get(PATH);
                if (answer.statusCode() == 429) {
                    assertThat(served)
                            .as("others were served before it was answered")
                            .isTrue();
                    return answer.jsonPath().getString("code") + " " + answer.header("retry-after");
                }
            }
            return "never refused";
        });
        await().until(() -> metric("gamehall_limits_held") == 1);

        assertThat(status("Bearer no.genuine.token-of-somebody")).isEqualTo(401);
        served.set(true);

        assertThat(flood.join()).isEqualTo("TOO_FAST 1");
        await().until(() -> metric("gamehall_limits_held") == 0);
        assertThat(metric("gamehall_limits_refused_total{limit=\"session\"}")).isGreaterThanOrEqualTo(3);
    }

    private static int status(String token) {
        return given().header("authorization", token).get(PATH).statusCode();
    }

    private static double metric(String name) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
