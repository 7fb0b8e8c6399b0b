package io.gamehall.activity.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(2);
    private final List<UniEmitter<? super String>> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    @Test
    void so_many_go_on_at_a_time_and_the_others_begin_in_their_order() {
        for (int piece = 0; piece < 4; piece++) work();
        assertThat(begun).hasSize(2);

        begun.get(1).complete("second");
        assertThat(begun).hasSize(3);
        begun.get(2).complete("third");
        begun.get(0).complete("first");
        begun.get(3).complete("fourth");

        assertThat(ended).containsExactly("second", "third", "first", "fourth");
    }

    @Test
    void work_that_fails_gives_its_turn_back() {
        for (int piece = 0; piece < 3; piece++) {
            turns.<String>take(() -> {
                        throw new IllegalStateException("at once");
                    })
                    .subscribe()
                    .with(ended::add, failure -> ended.add(failure.getMessage()));
        }
        for (int piece = 0; piece < 3; piece++) work();
        begun.get(0).fail(new IllegalStateException("later"));

        assertThat(begun).hasSize(3);
        assertThat(ended).containsExactly("at once", "at once", "at once", "later");
    }

    @Test
    void any_number_may_wait_for_work_that_ends_at_once() {
        var done = new AtomicInteger();
        work();
        work();
        for (int piece = 0; piece < 100_000; piece++) {
            turns.take(() -> Uni.createFrom().item("at once")).subscribe().with(item -> done.incrementAndGet());
        }
        assertThat(done).hasValue(0);

        begun.getFirst().complete("it goes on");

        assertThat(done).hasValue(100_000);
    }

    private void work() {
        turns.<String>take(() -> Uni.createFrom().emitter(begun::add))
                .subscribe()
                .with(ended::add, failure -> ended.add(failure.getMessage()));
    }
}
