package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    @Test
    void the_age_is_what_the_system_is_up_for_less_the_start_of_the_process() {
        var stat = "4242 (java (x) y) S 1 4242 4242 0 -1 4194304 1 0 0 0 5 6 0 0 20 0 30 0 98765 1 2 3";
        assertThat(ProcessAge.ageMs("1000.50 1900.00\n", stat)).isEqualTo(1_000_500 - 987_650);
    }

    @Test
    void a_clock_that_runs_a_tick_behind_does_not_make_it_negative() {
        var stat = "1 (x) S 1 1 1 0 -1 4 1 0 0 0 5 6 0 0 20 0 30 0 100 1 2 3";
        assertThat(ProcessAge.ageMs("0.99 1.0", stat)).isZero();
    }
}
