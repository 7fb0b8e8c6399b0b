package io.gamehall.hallctl.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final WarmUp.Steadiness steadiness = new WarmUp.Steadiness();

    @Test
    void it_is_over_when_the_same_work_takes_no_less_for_two_windows() {
        for (long used : new long[] {190, 150, 120, 100, 99}) {
            assertThat(steadiness.reached(used, 60)).isFalse();
        }
        assertThat(steadiness.reached(101, 60)).isTrue();
    }

    @Test
    void a_machine_without_room_tells_nothing() {
        for (int window = 0; window < 10; window++) {
            assertThat(steadiness.reached(195, 99)).isFalse();
        }
        assertThat(steadiness.reached(195, 85)).isFalse();
        assertThat(steadiness.reached(195, 85)).isTrue();
    }

    @Test
    void it_takes_four_windows_at_least() {
        for (int window = 1; window < 4; window++) {
            assertThat(steadiness.reached(100, 50)).isFalse();
        }
        assertThat(steadiness.reached(100, 50)).isTrue();
    }
}
