package io.gamehall.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainAtShutdownTest {
    private static final Duration SPREAD = Duration.ofSeconds(3);

    @Test
    void calls_are_to_be_taken_for_longer_than_streams_are_told_to_go() {
        assertThatCode(() -> DrainAtShutdown.requireTime(SPREAD, SPREAD.plusMillis(1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DrainAtShutdown.requireTime(SPREAD, SPREAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quarkus.shutdown.delay");
    }
}
