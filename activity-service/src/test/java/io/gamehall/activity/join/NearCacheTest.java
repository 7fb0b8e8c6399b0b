package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NearCacheTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void what_is_known_is_not_asked_again_also_that_there_is_nothing() {
        var cache = new NearCache<String, Long>(10, LONG, key -> counted(0));

        assertThat(cache.get("a").await().indefinitely()).isZero();
        assertThat(cache.get("a").await().indefinitely()).isZero();

        assertThat(questions).hasValue(1);
    }

    @Test
    void who_asks_meanwhile_waits_for_the_same_answer() {
        var waiting = new ArrayList<UniEmitter<? super Long>>();
        var cache =
                new NearCache<String, Long>(10, LONG, key -> Uni.createFrom().emitter(waiting::add));
        var heard = new ArrayList<Long>();

        cache.get("a").subscribe().with(heard::add);
        cache.get("a").subscribe().with(heard::add);

        assertThat(waiting).hasSize(1);
        waiting.getFirst().complete(7L);
        assertThat(heard).containsExactly(7L, 7L);
    }

    @Test
    void an_answer_that_is_too_old_is_asked_for_again() {
        var cache = new NearCache<String, Long>(10, Duration.ZERO, key -> counted(1));

        cache.get("a").await().indefinitely();
        cache.get("a").await().indefinitely();

        assertThat(questions).hasValue(2);
    }

    @Test
    void failures_are_not_kept() {
        var cache = new NearCache<String, Long>(
                10,
                LONG,
                key -> questions.incrementAndGet() == 1
                        ? Uni.createFrom().failure(new IllegalStateException("away"))
                        : Uni.createFrom().item(5L));

        assertThatThrownBy(() -> cache.get("a").await().indefinitely()).hasMessage("away");
        assertThat(cache.get("a").await().indefinitely()).isEqualTo(5);
    }

    @Test
    void no_more_is_kept_than_said() {
        var cache = new NearCache<Long, Long>(1, LONG, key -> counted(key));

        LongStream.range(0, 1_000).forEach(key -> cache.get(key).await().indefinitely());
        questions.set(0);
        LongStream.range(0, 1_000).forEach(key -> cache.get(key).await().indefinitely());

        assertThat(questions.get()).isGreaterThan(500);
    }

    private Uni<Long> counted(long answer) {
        return Uni.createFrom().item(() -> {
            questions.incrementAndGet();
            return answer;
        });
    }
}
