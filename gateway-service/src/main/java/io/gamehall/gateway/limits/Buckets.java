package io.gamehall.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.platform.limits.Pace;
import io.gamehall.platform.limits.domain.TokenBucket;
import java.time.Duration;

/** A bucket for each of many. Bounded; whoever is forgotten begins with a full bucket. For any thread. */
final class Buckets<K> {
    private final Pace pace;
    private final Cache<K, TokenBucket> buckets;

    Buckets(Pace pace, int trackedMax) {
        this.pace = pace;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(trackedMax)
                .expireAfterAccess(pace.recovery())
                .build();
    }

    /** Takes a token. @return how long to wait for one; zero if it was taken */
    Duration take(K key) {
        long now = System.nanoTime();
        return Duration.ofNanos(buckets.get(key, fresh -> new TokenBucket(pace.rate(), pace.burst(), now))
                .take(now));
    }
}
