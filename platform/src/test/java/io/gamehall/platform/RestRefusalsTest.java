package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestRefusalsTest {
    @Test
    void nobody_is_told_to_come_back_too_early() {
        assertThat(retryAfter(Duration.ofNanos(1))).isEqualTo("1");
        assertThat(retryAfter(Duration.ofSeconds(1))).isEqualTo("1");
        assertThat(retryAfter(Duration.ofMillis(1_001))).isEqualTo("2");
        assertThat(retryAfter(Duration.ofSeconds(600))).isEqualTo("600");
    }

    private static String retryAfter(Duration delay) {
        var refusal = new Refusal(Reason.TOO_FAST, "Not yet").retryAfter(delay);
        return new RestRefusals().refused(refusal).getHeaderString("retry-after");
    }
}
