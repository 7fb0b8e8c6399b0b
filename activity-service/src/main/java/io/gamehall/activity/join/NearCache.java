package io.gamehall.activity.join;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.platform.AskedOnce;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Answers of a slower source, kept for a while in this process: also those that say that there is nothing. Whoever asks
 * for the same thing meanwhile waits for the same answer. Failures are not kept. Answers expire a tenth sooner or later
 * than said, so those that came together do not go together. Safe for any thread.
 */
final class NearCache<K, V> {
    private static final int JITTER_PARTS = 10;

    private final Cache<K, Answer<V>> answers;
    private final Function<K, Uni<V>> source;
    private final long ageNanos;

    private record Answer<V>(Uni<V> value, long untilNanos) {}

    /**
     * @param max the most answers that are kept
     * @param age for which an answer is good
     */
    NearCache(int max, Duration age, Function<K, Uni<V>> source) {
        this.answers = Caffeine.newBuilder().maximumSize(max).build();
        this.source = source;
        this.ageNanos = age.toNanos();
    }

    /** May end on any thread. */
    Uni<V> get(K key) {
        var now = System.nanoTime();
        return answers.asMap()
                .compute(key, (same, old) -> old != null && now - old.untilNanos < 0 ? old : ask(key, now))
                .value;
    }

    private Answer<V> ask(K key, long now) {
        var jitter = ThreadLocalRandom.current().nextLong(-ageNanos / JITTER_PARTS, ageNanos / JITTER_PARTS + 1);
        var value = AskedOnce.of(Uni.createFrom()
                .deferred(() -> source.apply(key))
                .onFailure()
                .invoke(failure -> answers.invalidate(key)));
        return new Answer<>(value, now + ageNanos + jitter);
    }
}
