package io.gamehall.platform.limits.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.limits.domain.Caller.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Verdict PASSED = new Verdict.Passed();
    private static final Verdict REFUSED = new Verdict.Refused();
    private static final Verdict HELD = new Verdict.Held(SECOND);
    private static final Verdict CUT = new Verdict.Cut(SECOND);

    private static Caller caller(long perSecond, int atOnce, int heldMax, long now) {
        return new Caller(
                new TokenBucket(perSecond, 1, now), new Patience(atOnce, 5 * SECOND, SECOND, heldMax, 4 * SECOND));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void the_first_refusals_are_told_at_once_and_the_others_later(long start) {
        var caller = caller(1, 2, 10, start);

        assertThat(caller.ask(start, () -> false)).isEqualTo(PASSED);
        assertThat(caller.ask(start, () -> false)).isEqualTo(REFUSED);
        assertThat(caller.ask(start, () -> false)).isEqualTo(REFUSED);
        assertThat(caller.ask(start, () -> false)).isEqualTo(HELD);
        assertThat(caller.ask(start + 1, () -> false)).isEqualTo(HELD);
    }

    @Test
    void who_goes_on_asking_is_not_forgiven_for_what_passes_between() {
        var caller = caller(1, 2, 100, 0);
        caller.ask(0, () -> false);
        caller.ask(0, () -> false);
        caller.ask(0, () -> false);

        for (long second = 1; second < 10; second++) {
            assertThat(caller.ask(second * SECOND, () -> false)).isEqualTo(PASSED);
            assertThat(caller.ask(second * SECOND, () -> false)).isEqualTo(HELD);
        }
    }

    @Test
    void who_was_not_refused_for_a_while_is_forgiven() {
        var caller = caller(1, 1, 10, 0);
        caller.ask(0, () -> false);
        assertThat(caller.ask(0, () -> false)).isEqualTo(REFUSED);
        assertThat(caller.ask(SECOND / 2, () -> false)).isEqualTo(HELD);

        long later = SECOND / 2 + 5 * SECOND + 1;
        assertThat(caller.ask(later, () -> false)).isEqualTo(PASSED);
        assertThat(caller.ask(later, () -> false)).isEqualTo(REFUSED);
        assertThat(caller.ask(later, () -> false)).isEqualTo(HELD);
    }

    @Test
    void so_many_are_held_at_once() {
        var caller = caller(1, 0, 2, 0);
        caller.ask(0, () -> false);
        assertThat(caller.ask(0, () -> false)).isEqualTo(HELD);
        assertThat(caller.ask(0, () -> false)).isEqualTo(HELD);

        assertThat(caller.ask(0, () -> false)).isEqualTo(CUT);
        caller.release();
        assertThat(caller.ask(0, () -> false)).isEqualTo(HELD);
        assertThat(caller.ask(0, () -> false)).isEqualTo(CUT);
    }

    @Test
    void an_answer_is_held_until_a_call_would_be_free() {
        var caller = new Caller(new TokenBucket(1, 1, 0), new Patience(0, 5 * SECOND, SECOND / 10, 10, SECOND));
        caller.ask(0, () -> false);

        assertThat(caller.ask(SECOND / 4, () -> false)).isEqualTo(new Verdict.Held(SECOND - SECOND / 4));
        assertThat(caller.ask(SECOND - 1, () -> false)).isEqualTo(new Verdict.Held(SECOND / 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void who_goes_on_after_being_cut_off_is_cut_off_for_twice_as_long(long start) {
        var caller = caller(1, 0, 0, start);
        caller.ask(start, () -> true);
        long now = start;
        for (long seconds : new long[] {1, 2, 4, 4}) {
            assertThat(caller.ask(now, () -> true)).isEqualTo(new Verdict.Cut(seconds * SECOND));
            now += seconds * SECOND;
            assertThat(caller.ask(now, () -> true)).isEqualTo(PASSED);
        }
    }

    @Test
    void all_connections_that_can_be_left_silent_are_cut_off_until_the_same_moment_and_the_others_wait_for_answers() {
        var caller = caller(1, 0, 1, 0);
        caller.ask(0, () -> true);
        assertThat(caller.ask(0, () -> true)).isEqualTo(HELD);
        assertThat(caller.ask(0, () -> true)).isEqualTo(CUT);
        caller.release();

        assertThat(caller.ask(SECOND / 4, () -> true)).isEqualTo(new Verdict.Cut(SECOND - SECOND / 4));
        assertThat(caller.ask(SECOND / 4, () -> false)).isEqualTo(HELD);
        assertThat(caller.ask(SECOND, () -> true)).isEqualTo(PASSED);
    }

    @Test
    void the_time_in_which_nothing_is_heard_of_a_caller_is_not_to_its_credit() {
        var caller = new Caller(new TokenBucket(1, 1, 0), new Patience(0, SECOND, 4 * SECOND, 0, 60 * SECOND));
        caller.ask(0, () -> true);
        assertThat(caller.ask(0, () -> true)).isEqualTo(new Verdict.Cut(4 * SECOND));

        assertThat(caller.ask(5 * SECOND, () -> true)).isEqualTo(PASSED);
        assertThat(caller.ask(5 * SECOND, () -> true)).isEqualTo(new Verdict.Cut(8 * SECOND));

        long forgiven = 5 * SECOND + 8 * SECOND + SECOND + 1;
        assertThat(caller.ask(forgiven, () -> true)).isEqualTo(PASSED);
        assertThat(caller.ask(forgiven, () -> true)).isEqualTo(new Verdict.Cut(4 * SECOND));
    }
}
