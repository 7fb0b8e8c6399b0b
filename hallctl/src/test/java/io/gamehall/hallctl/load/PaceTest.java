package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long START = -5_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10_000, 33_333, 1_000_000})
    void a_call_is_due_from_its_intended_start_on(int perSecond) {
        var pace = new Pace(perSecond, START);
        for (long call : new long[] {0, 1, 2, 9_999, 123_456, 3_600L * perSecond}) {
            assertThat(pace.due(pace.intended(call))).isLessThanOrEqualTo(call + 1);
            assertThat(pace.due(pace.intended(call) + 1)).isEqualTo(call + 1);
        }
    }

    @Test
    void calls_are_spread_evenly() {
        var pace = new Pace(10_000, START);
        assertThat(pace.intended(0)).isEqualTo(START);
        assertThat(pace.intended(1) - START).isEqualTo(TimeUnit.MICROSECONDS.toNanos(100));
        assertThat(pace.intended(10_000) - START).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void nothing_is_due_before_the_start() {
        assertThat(new Pace(10_000, START).due(START - 1)).isZero();
    }

    @Test
    void a_month_at_a_million_a_second_does_not_overflow() {
        var pace = new Pace(1_000_000, START);
        long month = TimeUnit.DAYS.toNanos(30);
        assertThat(pace.due(START + month)).isEqualTo(30L * 24 * 3_600 * 1_000_000 + 1);
    }
}
