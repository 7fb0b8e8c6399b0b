package io.gamehall.hallctl.swarm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At the end of a run. */
class CallerTest {
    private final Caller caller = new Caller(new Tally(1), Instant::now);

    @Test
    void a_login_that_was_put_off_is_still_tried_for_a_while() {
        var self = Thread.currentThread();

        assertThatThrownBy(() -> caller.ask(CallKind.LOGIN, () -> {
                    Thread.startVirtualThread(() -> interrupt(self));
                    throw overloaded(Duration.ofSeconds(20));
                }))
                .as("it waits")
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_login_that_was_put_off_for_longer_has_failed() {
        assertThatThrownBy(() -> caller.ask(CallKind.LOGIN, () -> {
                    throw overloaded(Duration.ofSeconds(40));
                }))
                .isInstanceOf(CallFailed.class);
    }

    @Test
    void any_other_call_that_was_put_off_for_longer_than_it_takes_to_recover_has_failed() {
        assertThatThrownBy(() -> caller.ask(CallKind.QUICK_JOIN, () -> {
                    throw overloaded(Duration.ofSeconds(20));
                }))
                .isInstanceOf(CallFailed.class);
    }

    private static TroubleException overloaded(Duration retryAfter) {
        return new TroubleException(new Trouble(
                Optional.of("OVERLOADED"), "RESOURCE_EXHAUSTED", false, "full", Optional.of(retryAfter), Map.of()));
    }

    private static void interrupt(Thread waiting) {
        try {
            Thread.sleep(Duration.ofMillis(300));
        } catch (InterruptedException ended) {
            return;
        }
        waiting.interrupt();
    }
}
