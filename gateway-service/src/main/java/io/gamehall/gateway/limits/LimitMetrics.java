package io.gamehall.gateway.limits;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the limits refuse; those of sessions count for themselves. */
@Singleton
public class LimitMetrics {
    private final MeterRegistry registry;

    LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param limit {@code address}, {@code streams} or {@code size} */
    public void refused(String limit) {
        registry.counter("gamehall.limits.refused", "limit", limit).increment();
    }
}
