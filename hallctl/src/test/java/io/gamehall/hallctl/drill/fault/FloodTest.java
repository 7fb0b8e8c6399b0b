package io.gamehall.hallctl.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamehall.hallctl.load.Latencies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloodTest {
    @Test
    void it_is_compared_with_the_better_of_the_times_before_and_after() {
        assertThat(Flood.ratio(ms(10), ms(30), ms(20)).orElseThrow()).isCloseTo(3, within(0.1));
        assertThat(Flood.ratio(ms(20), ms(30), ms(10)).orElseThrow()).isCloseTo(3, within(0.1));
    }

    @Test
    void a_time_without_any_calls_proves_nothing() {
        assertThat(Flood.ratio(new Latencies(), ms(30), ms(20))).isEmpty();
        assertThat(Flood.ratio(ms(10), new Latencies(), ms(20))).isEmpty();
        assertThat(Flood.ratio(ms(10), ms(30), new Latencies())).isEmpty();
    }

    private static Latencies ms(long ms) {
        var latencies = new Latencies();
        latencies.record(Duration.ofMillis(ms).toNanos());
        return latencies;
    }
}
