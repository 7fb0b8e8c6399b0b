package io.gamehall.activity.join.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightLimitTest {
    private static final long MS = 1_000_000;
    private static final long TARGET = 100 * MS;

    private final InFlightLimit limit = new InFlightLimit(100, 400, TARGET, TARGET);
    private long now = 1_000 * MS;

    @Test
    void it_begins_with_its_least_and_lets_no_more_in() {
        for (var one = 0; one < 100; one++) assertThat(limit.enter()).isTrue();

        assertThat(limit.enter()).isFalse();
        limit.leave(now, now + MS);
        assertThat(limit.enter()).isTrue();
        assertThat(limit.inFlight()).isEqualTo(100);
    }

    @Test
    void it_grows_while_it_is_used_up_and_all_are_in_time_but_not_beyond_its_most() {
        windows(3, 10 * MS, true);
        assertThat(limit.limit()).isBetween(110, 150);

        windows(50, 10 * MS, true);
        assertThat(limit.limit()).isEqualTo(400);
    }

    @Test
    void it_stays_while_there_is_room() {
        windows(20, 10 * MS, false);

        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void it_shrinks_when_many_are_late_but_not_below_its_least() {
        windows(50, 10 * MS, true);

        windows(2, 150 * MS, true);
        assertThat(limit.limit()).isBetween(250, 330);

        windows(50, 150 * MS, true);
        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void with_a_server_of_a_fixed_rate_twice_the_load_is_answered_in_twice_the_target() {
        // Each millisecond two joins are answered, and four come.
        var many = new InFlightLimit(10, 10_000, TARGET, TARGET);
        var queue = new java.util.ArrayDeque<Long>();
        var latencies = new java.util.ArrayList<Long>();
        var accepted = 0;
        for (var ms = 0; ms < 60_000; ms++) {
            now += MS;
            for (var one = 0; one < 4; one++) {
                if (many.enter()) queue.add(now);
            }
            for (var one = 0; one < 2 && !queue.isEmpty(); one++) {
                var entered = queue.poll();
                many.leave(entered, now);
                if (ms > 10_000) {
                    latencies.add(now - entered);
                    accepted++;
                }
            }
        }

        assertThat(accepted).isGreaterThan(95_000);
        assertThat(latencies).allSatisfy(latency -> assertThat(latency).isLessThan(2 * TARGET));
    }

    /** For so many windows: in each 200 are answered, one after another, each after that time. */
    private void windows(int windows, long latency, boolean usedUp) {
        for (var answer = 0; answer < windows * 200; answer++) {
            limit.enter();
            while (usedUp && limit.enter()) continue;
            now += TARGET / 200;
            limit.leave(now - latency, now);
        }
    }
}
