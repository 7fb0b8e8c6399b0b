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

    private static Caller caller(long perSecond, int atOnce, int heldMax, long now) {
        return new Caller(new TokenBucket(perSecond, 1, now), new Patience(atOnce, 5 * SECOND, SECOND, heldMax));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void the_first_refusals_are_told_at_once_and_the_others_later(long start) {
        var caller = caller(1, 2, 10, start);

        assertThat(caller.ask(start)).isEqualTo(PASSED);
        assertThat(caller.ask(start)).isEqualTo(REFUSED);
        assertThat(caller.ask(start)).isEqualTo(REFUSED);
        assertThat(caller.ask(start)).isEqualTo(HELD);
        assertThat(caller.ask(start + 1)).isEqualTo(HELD);
    }

    @Test
    void who_goes_on_asking_is_not_forgiven_for_what_passes_between() {
        var caller = caller(1, 2, 100, 0);
        caller.ask(0);
        caller.ask(0);
        caller.ask(0);

        for (long second = 1; second < 10; second++) {
            assertThat(caller.ask(second * SECOND)).isEqualTo(PASSED);
            assertThat(caller.ask(second * SECOND)).isEqualTo(HELD);
        }
    }

    @Test
    void who_was_not_refused_for_a_while_is_forgiven() {
        var caller = caller(1, 1, 10, 0);
        caller.ask(0);
        assertThat(caller.ask(0)).isEqualTo(REFUSED);
        assertThat(caller.ask(SECOND / 2)).isEqualTo(HELD);

        long later = SECOND / 2 + 5 * SECOND + 1;
        assertThat(caller.ask(later)).isEqualTo(PASSED);
        assertThat(caller.ask(later)).isEqualTo(REFUSED);
        assertThat(caller.ask(later)).isEqualTo(HELD);
    }

    @Test
    void so_many_are_held_at_once() {
        var caller = caller(1, 0, 2, 0);
        caller.ask(0);
        assertThat(caller.ask(0)).isEqualTo(HELD);
        assertThat(caller.ask(0)).isEqualTo(HELD);

        assertThat(caller.ask(0)).isEqualTo(new Verdict.Cut());
        caller.release();
        assertThat(caller.ask(0)).isEqualTo(HELD);
        assertThat(caller.ask(0)).isEqualTo(new Verdict.Cut());
    }

    @Test
    void an_answer_is_held_until_a_call_would_be_free() {
        var caller = new Caller(new TokenBucket(1, 1, 0), new Patience(0, 5 * SECOND, SECOND / 10, 10));
        caller.ask(0);

        assertThat(caller.ask(SECOND / 4)).isEqualTo(new Verdict.Held(SECOND - SECOND / 4));
        assertThat(caller.ask(SECOND - 1)).isEqualTo(new Verdict.Held(SECOND / 10));
    }
}
