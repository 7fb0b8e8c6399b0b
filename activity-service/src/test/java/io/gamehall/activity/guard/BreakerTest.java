package io.gamehall.activity.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.platform.testing.HallServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class BreakerTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger sent = new AtomicInteger();

    @Inject
    Vertx vertx;

    @Test
    void half_of_the_last_calls_unanswered_hold_the_next_ones_back() {
        var breaker = breaker(Duration.ofHours(1));
        for (var one = 0; one < 5; one++) assertThat(answered(breaker)).isEqualTo("yes");
        for (var one = 0; one < 5; one++) silent(breaker);

        assertThatThrownBy(() -> answered(breaker)).isInstanceOf(CircuitBreakerOpenException.class);

        assertThat(sent).hasValue(10);
        assertThat(breaker.isWorthwhile()).isFalse();
        assertThat(registry.get("gamehall.activity.breaker").gauge().value()).isEqualTo(1);
    }

    @Test
    void refusals_are_answers() {
        var breaker = breaker(Duration.ofHours(1));

        for (var one = 0; one < 50; one++) {
            assertThatThrownBy(() -> breaker.call(() -> Uni.createFrom().failure(new IllegalStateException("refused")))
                            .await()
                            .indefinitely())
                    .hasMessage("refused");
        }

        assertThat(breaker.isWorthwhile()).isTrue();
        assertThat(answered(breaker)).isEqualTo("yes");
    }

    @Test
    void after_the_rest_one_is_let_on_to_try_and_its_answer_lets_all_on() {
        var breaker = breaker(Duration.ofMillis(500));
        for (var one = 0; one < 10; one++) silent(breaker);
        assertThat(breaker.isWorthwhile()).isFalse();

        Awaitility.await().until(breaker::isWorthwhile);

        assertThat(answered(breaker)).isEqualTo("yes");
        assertThat(breaker.isWorthwhile()).isTrue();
        assertThat(breaker.isWorthwhile()).isTrue();
        assertThat(registry.get("gamehall.activity.breaker").gauge().value()).isZero();
    }

    @Test
    void an_answer_comes_on_the_event_loop_of_its_call() throws Exception {
        var breaker = breaker(Duration.ofHours(1));
        var here = vertx.getOrCreateContext();
        var there = new CompletableFuture<Context>();

        here.runOnContext(ignored -> breaker.call(this::answer)
                .subscribe()
                .with(answer -> there.complete(Vertx.currentContext()), there::completeExceptionally));

        assertThat(there.get()).isSameAs(here);
    }

    private Uni<String> answer() {
        sent.incrementAndGet();
        return Uni.createFrom().item("yes");
    }

    private String answered(Breaker breaker) {
        return breaker.call(this::answer).await().indefinitely();
    }

    private void silent(Breaker breaker) {
        assertThatThrownBy(() -> breaker.call(() -> {
                            sent.incrementAndGet();
                            return Uni.createFrom().failure(new IOException("silent"));
                        })
                        .await()
                        .indefinitely())
                .hasRootCauseMessage("silent");
    }

    private Breaker breaker(Duration rest) {
        var settings = new BreakerSettings() {
            @Override
            public int calls() {
                return 10;
            }

            @Override
            public double failures() {
                return 0.5;
            }

            @Override
            public Duration rest() {
                return rest;
            }
        };
        return new Breaker("server", failure -> failure instanceof IOException, settings, registry);
    }
}
