package io.gamehall.gateway.events;

import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Counts what becomes of event streams. */
@Singleton
class StreamMetrics {
    final Counter fresh;
    final Counter resumed;
    final Counter missed;
    final Counter slow;
    final Counter resynced;
    private final MeterRegistry meters;
    private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);

    StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
        fresh = meters.counter("gamehall.streams.opened", "how", "fresh");
        resumed = meters.counter("gamehall.streams.opened", "how", "resumed");
        missed = meters.counter("gamehall.streams.opened", "how", "missed");
        slow = meters.counter("gamehall.streams.slow", "kind", "events");
        resynced = meters.counter("gamehall.streams.resynced", "kind", "events");
        for (var reason : EndReason.values()) {
            ended.put(reason, meters.counter("gamehall.streams.ended", "reason", reason.name()));
        }
    }

    void showLive(Supplier<Number> count) {
        Gauge.builder("gamehall.streams", count).tag("kind", "events").register(meters);
    }

    void ended(EndReason reason) {
        ended.get(reason).increment();
    }
}
