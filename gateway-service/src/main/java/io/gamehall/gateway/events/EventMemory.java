package io.gamehall.gateway.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may wait or be kept for players: a bound for each, and one for all together. When that is reached each
 * player has a small share only. Any thread.
 */
@Singleton
class EventMemory {
    private static final long SHARE_BYTES = 8_192;

    private final AtomicLong used = new AtomicLong();
    private final int eventsMax;
    private final long bytesMax;
    private final long bytesMaxAll;
    private final long slowAgainNanos;

    @Inject
    EventMemory(EventsConfig config, MeterRegistry meters) {
        this(
                config.queueMax(),
                config.queueBytesMax().asLongValue(),
                config.allBytesMax().asLongValue(),
                config.slowAgain());
        Gauge.builder("gamehall.events.kept", used, AtomicLong::get)
                .baseUnit("bytes")
                .description("Events that wait for their clients, or are kept in case that these come back")
                .register(meters);
    }

    EventMemory(int eventsMax, long bytesMax, long bytesMaxAll, Duration slowAgain) {
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
        this.bytesMaxAll = bytesMaxAll;
        this.slowAgainNanos = slowAgain.toNanos();
    }

    /** Whether one player has more than is allowed now. */
    boolean isTooMuch(int events, long bytes) {
        return events > eventsMax || bytes > bytesMax || bytes > SHARE_BYTES && used.get() > bytesMaxAll;
    }

    /** Whether a client that overflowed again has had too little time in between to be given another chance. */
    boolean isSoonAfter(long overflowNanos, long nowNanos) {
        return nowNanos - overflowNanos < slowAgainNanos;
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
