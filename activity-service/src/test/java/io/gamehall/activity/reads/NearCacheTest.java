package io.gamehall.activity.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearCacheTest {
    private static final Duration RENEW = Duration.ofSeconds(1);
    private static final Duration AGE_MAX = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger questions = new AtomicInteger();
    private final NearCache<String, Integer> cache = new NearCache<>(RENEW, AGE_MAX, 1_000, now::get);

    @Test
    void whoever_asks_at_once_waits_for_one_question() throws Exception {
        var pending = new ArrayList<UniEmitter<? super Integer>>();
        var started = new CountDownLatch(1);
        var asking = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var ready = new CountDownLatch(16);
            for (var thread = 0; thread < 16; thread++) {
                asking.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return await(cache.get("a", () -> Uni.createFrom().emitter(emitter -> {
                        questions.incrementAndGet();
                        pending.add(emitter);
                        started.countDown();
                    })));
                }));
            }
            started.await();
            pending.getFirst().complete(7);
            for (var one : asking) assertThat(one.get()).isEqualTo(7);
        }

        assertThat(questions).hasValue(1);
    }

    @Test
    void an_answer_is_kept_until_it_is_too_old() {
        assertThat(ask("a")).isEqualTo(1);
        pass(RENEW.minusMillis(200));
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("b")).isEqualTo(2);
        pass(AGE_MAX);

        var reading = cache.get("a", this::count);

        assertThat(reading.isAtHand()).isFalse();
        assertThat(await(reading)).isEqualTo(3);
    }

    @Test
    void an_answer_that_is_asked_for_is_renewed_before_anybody_has_to_wait() {
        ask("a");
        pass(RENEW);

        var old = cache.get("a", this::count);
        var young = cache.get("a", this::count);

        assertThat(old.isAtHand()).isTrue();
        assertThat(await(old)).isEqualTo(1);
        assertThat(young.isAtHand()).isTrue();
        assertThat(await(young)).isEqualTo(2);
        pass(RENEW.minusMillis(200));
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void while_it_is_renewed_the_old_answer_serves_and_nobody_asks_again() {
        var slow = new ArrayList<UniEmitter<? super Integer>>();
        ask("a");
        pass(RENEW);

        for (var reader = 0; reader < 10; reader++) {
            var reading = cache.get("a", () -> Uni.createFrom().emitter(slow::add));
            assertThat(await(reading)).isEqualTo(1);
        }
        slow.getFirst().complete(9);

        assertThat(slow).hasSize(1);
        assertThat(ask("a")).isEqualTo(9);
    }

    @Test
    void an_answer_that_could_not_be_renewed_serves_until_it_is_too_old() {
        ask("a");
        pass(RENEW);
        cache.get("a", () -> Uni.createFrom().failure(new IllegalStateException("away")));

        assertThat(ask("a")).isEqualTo(1);
        pass(AGE_MAX.minus(RENEW));
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void a_failure_is_the_answer_for_a_short_while() {
        var away = cache.get("a", () -> Uni.createFrom().failure(new IllegalStateException("away")));
        assertThatThrownBy(() -> await(away)).hasMessage("away");

        assertThatThrownBy(() -> ask("a")).hasMessage("away");
        pass(NearCache.FAILURE_KEPT);
        assertThat(ask("a")).isEqualTo(1);
    }

    @Test
    void what_is_forgotten_is_asked_again_also_while_an_older_answer_is_on_its_way() {
        var slow = new ArrayList<UniEmitter<? super Integer>>();
        var before = cache.get("a", () -> Uni.createFrom().emitter(slow::add));
        before.answer().subscribe().with(ignored -> {});

        cache.forget("a");
        var after = cache.get("a", this::count);
        slow.getFirst().complete(0);

        assertThat(await(after)).isEqualTo(1);
        assertThat(ask("a")).isEqualTo(1);
    }

    @Test
    void what_is_forgotten_does_not_come_back_with_a_renewal_that_was_on_its_way() {
        var slow = new ArrayList<UniEmitter<? super Integer>>();
        ask("a");
        pass(RENEW);
        await(cache.get("a", () -> Uni.createFrom().emitter(slow::add)));

        cache.forget("a");
        slow.getFirst().complete(0);

        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void no_more_is_kept_than_said() {
        var one = new NearCache<String, Integer>(RENEW, AGE_MAX, 1, now::get);
        var keys = IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        keys.forEach(key -> await(one.get(key, this::count)));
        questions.set(0);

        keys.forEach(key -> await(one.get(key, this::count)));

        assertThat(questions.get()).isGreaterThan(500);
    }

    @Test
    void answers_do_not_grow_old_together() {
        var keys = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        keys.forEach(this::ask);
        pass(RENEW.multipliedBy(95).dividedBy(100));

        keys.forEach(this::ask);

        assertThat(questions.get() - keys.size()).isBetween(1, keys.size() - 1);
    }

    private int ask(String key) {
        return await(cache.get(key, this::count));
    }

    private Uni<Integer> count() {
        return Uni.createFrom().item(questions::incrementAndGet);
    }

    private static int await(NearCache.Reading<Integer> reading) {
        return reading.answer().await().atMost(Duration.ofSeconds(20));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
