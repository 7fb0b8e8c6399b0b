package io.gamehall.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainSpreadTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void each_has_its_turn_once_and_not_all_at_once() throws Exception {
        var spread = new DrainSpread(vertx, config(Duration.ofMillis(500)));
        var all = IntStream.range(0, 100).boxed().toList();
        var done = new ArrayList<Integer>();
        var turns = new ArrayList<Integer>();
        var last = new CompletableFuture<List<Integer>>();

        spread.over(all, one -> {
            // Runs when this step is over.
            if (done.isEmpty()) Vertx.currentContext().runOnContext(turn -> turns.add(done.size()));
            done.add(one);
            if (done.size() == all.size()) last.complete(List.copyOf(done));
        });

        assertThat(last.get(20, TimeUnit.SECONDS))
                .containsExactlyInAnyOrderElementsOf(all)
                .isNotEqualTo(all);
        assertThat(turns).as("done by the first step").containsExactly(10);
    }

    @Test
    void the_pause_before_coming_back_is_within_the_same_time() {
        var spread = new DrainSpread(vertx, config(Duration.ofMillis(500)));

        var pauses = IntStream.range(0, 1_000).map(i -> spread.retryAfterMs()).toArray();

        assertThat(IntStream.of(pauses)).allMatch(pause -> pause >= 0 && pause <= 500);
        assertThat(IntStream.of(pauses).distinct().count()).isGreaterThan(100);
        assertThat(new DrainSpread(vertx, config(Duration.ZERO)).retryAfterMs()).isZero();
    }

    private static OutboundConfig config(Duration spread) {
        return new OutboundConfig() {
            @Override
            public Duration ping() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Duration drainSpread() {
                return spread;
            }

            @Override
            public Duration lastMax() {
                return Duration.ofSeconds(5);
            }
        };
    }
}
