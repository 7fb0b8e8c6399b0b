package io.gamehall.activity.reads;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.activity.pace.CallersContext;
import io.gamehall.platform.AskedOnce;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that this process keeps for a short while, so that many who ask cost one question. All who ask for one that
 * is not at hand wait for the same question. One that is asked for often is renewed in the background before it is too
 * old, so nobody waits for it again; the moments vary by a tenth, so answers do not grow old together. Failures are
 * kept for {@link #FAILURE_KEPT}: a server that does not answer is not asked by everybody. That there is nothing is an
 * answer like others, but no answer is null.
 *
 * <p>Ages count from the moment of the question. Safe for any thread, never blocks; an answer that had to be waited for
 * comes on the caller's context. Bounded: what is asked for least goes first.
 *
 * @param <K> what is asked about
 */
public final class NearCache<K, V> {
    /** How long a failure is the answer. */
    public static final Duration FAILURE_KEPT = Duration.ofMillis(250);

    private final long ageMaxNanos;
    private final long renewNanos;
    private final LongSupplier nanos;
    private final Cache<K, Entry<V>> entries;

    /**
     * An answer.
     *
     * @param isAtHand whether nobody had to be asked because of this caller
     */
    public record Reading<V>(Uni<V> answer, boolean isAtHand) {}

    /**
     * @param renewAfter the age from which on an answer that is asked for is renewed; {@code ageMax}: never ahead of time
     * @param ageMax the greatest age of an answer
     * @param sizeMax the most answers kept
     */
    public NearCache(Duration renewAfter, Duration ageMax, long sizeMax) {
        this(renewAfter, ageMax, sizeMax, System::nanoTime);
    }

    NearCache(Duration renewAfter, Duration ageMax, long sizeMax, LongSupplier nanos) {
        this.renewNanos = renewAfter.toNanos();
        this.ageMaxNanos = ageMax.toNanos();
        this.nanos = nanos;
        this.entries = Caffeine.newBuilder()
                .maximumSize(sizeMax)
                .expireAfterWrite(ageMaxNanos, TimeUnit.NANOSECONDS)
                .ticker(nanos::getAsLong)
                .build();
    }

    /** @param question asks whoever knows; its failure is the answer for who waits */
    public Reading<V> get(K key, Supplier<Uni<V>> question) {
        var now = nanos.getAsLong();
        var held = entries.getIfPresent(key);
        if (held != null && isGood(held, now)) {
            if (now - held.renewAt >= 0) renew(key, held, question, now);
            return new Reading<>(held.answer(), true);
        }
        var mine = new Entry<>(question, nanos, renewAt(now));
        var taken = entries.asMap().merge(key, mine, (other, own) -> isGood(other, now) ? other : own);
        return new Reading<>(taken.answer(), taken != mine);
    }

    /** What is known of it is out of date, also what is being asked at the moment. */
    public void forget(K key) {
        entries.invalidate(key);
    }

    private boolean isGood(Entry<V> entry, long now) {
        var failedAt = entry.failedAt;
        return now - entry.askedAt < ageMaxNanos && (failedAt == null || now - failedAt < FAILURE_KEPT.toNanos());
    }

    /** Once for each answer: when that fails, who asks after it has grown too old waits for the next question. */
    private void renew(K key, Entry<V> held, Supplier<Uni<V>> question, long now) {
        if (!held.renewing.compareAndSet(false, true)) return;
        var young = new Entry<>(question, nanos, renewAt(now));
        young.asked.subscribe().with(fresh -> entries.asMap().replace(key, held, young), failure -> {});
    }

    private long renewAt(long now) {
        var tenth = renewNanos / 10;
        return now + renewNanos - (tenth == 0 ? 0 : ThreadLocalRandom.current().nextLong(tenth));
    }

    private static final class Entry<V> {
        private final long askedAt;
        private final long renewAt;
        private final AtomicBoolean renewing = new AtomicBoolean();
        private final Uni<V> asked;
        private volatile V value;
        private volatile Long failedAt;

        Entry(Supplier<Uni<V>> question, LongSupplier nanos, long renewAt) {
            this.askedAt = nanos.getAsLong();
            this.renewAt = renewAt;
            this.asked = AskedOnce.of(Uni.createFrom()
                    .deferred(question::get)
                    .invoke(answer -> value = answer)
                    .onFailure()
                    .invoke(failure -> failedAt = nanos.getAsLong()));
        }

        Uni<V> answer() {
            var known = value;
            return known != null ? Uni.createFrom().item(known) : asked.emitOn(CallersContext.executor());
        }
    }
}
