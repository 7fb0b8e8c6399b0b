package io.gamehall.gateway.routing.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.routing.domain.HallLoad;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RedisHallBoardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    HeldConnections redis;

    private final String key = UUID.randomUUID() + ":halls";

    @Test
    void everybody_sees_everybody_with_the_newest_load() {
        var first = board(Duration.ofMinutes(1));
        var second = board(Duration.ofMinutes(1));

        assertThat(publish(first, new HallLoad("a:1", 5, 10))).containsExactly(new HallLoad("a:1", 5, 10));
        publish(second, new HallLoad("[2001:db8::1]:443", 7, 20_000));

        assertThat(publish(first, new HallLoad("a:1", 6, 10)))
                .containsExactlyInAnyOrder(new HallLoad("a:1", 6, 10), new HallLoad("[2001:db8::1]:443", 7, 20_000));
    }

    @Test
    void who_withdraws_is_gone_at_once() {
        var first = board(Duration.ofMinutes(1));
        var second = board(Duration.ofMinutes(1));
        publish(first, new HallLoad("a:1", 5, 10));

        first.withdraw().await().atMost(PATIENCE);

        assertThat(publish(second, new HallLoad("b:1", 0, 10)))
                .extracting(HallLoad::address)
                .containsExactly("b:1");
    }

    @Test
    void who_is_silent_for_too_long_is_gone() {
        var dead = board(Duration.ofMillis(200));
        var alive = board(Duration.ofMinutes(1));
        publish(dead, new HallLoad("a:1", 5, 10));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(publish(alive, new HallLoad("b:1", 0, 10)))
                .extracting(HallLoad::address)
                .containsExactly("b:1"));
    }

    private RedisHallBoard board(Duration alive) {
        return new RedisHallBoard(redis, key, alive);
    }

    private static List<HallLoad> publish(RedisHallBoard board, HallLoad load) {
        return board.publish(load).await().atMost(PATIENCE);
    }
}
