package io.gamehall.platform.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * One session that asks a service for more than it may. Its limit is before its token is verified, so that need not be
 * genuine. To be run with the profile {@link Strict}.
 */
public abstract class SessionLimitContract {
    private static final int TOO_FAST = 429;
    private static final int CALLS_MAX = 100;

    private final String path;

    /** @param path of a resource that wants a token */
    protected SessionLimitContract(String path) {
        this.path = path;
    }

    /** A hold that ends with the test's hall, or when its client hangs up: nothing is answered by chance. */
    public static final class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gamehall.limits.session", "1/3",
                    "gamehall.limits.hold.after", "2",
                    "gamehall.limits.hold.forgiven", "1H",
                    "gamehall.limits.hold.time", "5S",
                    "gamehall.limits.hold.session-max", "1");
        }
    }

    @Test
    public void a_session_that_goes_on_after_being_refused_waits_for_its_answers_and_others_do_not() {
        var token = "Bearer no.genuine.token-of-a-flooder";
        var served = new AtomicBoolean();
        exhaust(token);
        var flood = CompletableFuture.supplyAsync(() -> {
            var answer = refused(token);
            assertThat(served).as("others were served before it was answered").isTrue();
            return answer.jsonPath().getString("code") + " " + answer.header("retry-after");
        });
        await().until(() -> metric("gamehall_limits_held") == 1);

        assertThat(get("Bearer no.genuine.token-of-somebody").statusCode()).isEqualTo(401);
        served.set(true);

        assertThat(flood.join()).isEqualTo("TOO_FAST 1");
        await().until(() -> metric("gamehall_limits_held") == 0);
        assertThat(metric("gamehall_limits_refused_total{limit=\"session\"}")).isGreaterThanOrEqualTo(3);
    }

    /** All that passes, and all that is refused at once. */
    protected final void exhaust(String token) {
        refused(token);
        refused(token);
    }

    /** Asks until it is refused: a call that is free again in between is answered as usual. */
    protected final Response refused(String token) {
        for (int i = 0; i < CALLS_MAX; i++) {
            var answer = get(token);
            if (answer.statusCode() == TOO_FAST) return answer;
        }
        throw new AssertionError("Never refused");
    }

    /** The sum over all of its tags. */
    protected static double metric(String name) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private Response get(String token) {
        return given().header("authorization", token).get(path);
    }
}
