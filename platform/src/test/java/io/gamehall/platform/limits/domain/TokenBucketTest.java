package io.gamehall.platform.limits.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void a_burst_passes_and_then_the_rate(long start) {
        var bucket = new TokenBucket(10, 3, start);

        for (int i = 0; i < 3; i++) assertThat(bucket.take(start)).isZero();
        assertThat(bucket.take(start)).isEqualTo(SECOND / 10);
        assertThat(bucket.take(start + SECOND / 20)).isEqualTo(SECOND / 20);
        assertThat(bucket.take(start + SECOND / 10)).isZero();
        assertThat(bucket.take(start + SECOND / 10)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_600})
    void silence_saves_up_one_burst_and_no_more(long seconds) {
        var bucket = new TokenBucket(10, 3, 0);
        for (int i = 0; i < 3; i++) bucket.take(0);

        long later = seconds * SECOND;
        for (int i = 0; i < 3; i++) assertThat(bucket.take(later)).isZero();
        assertThat(bucket.take(later)).isPositive();
    }
}
