package io.gamehall.activity.guard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Holds calls back from a server that does not answer, so that nobody waits for it in vain and it is not buried when it
 * comes back. Safe for any thread. The call is made on the caller's, and its answer comes where the call gives it. Times
 * are limited by who calls; a call held back fails at once with a {@code CircuitBreakerOpenException}.
 */
public final class Breaker {
    private static final Logger LOG = Logger.getLogger(Breaker.class);
    /** Of the rest, after it: so often somebody may try, until one has found out. */
    private static final int TRIES_IN_A_REST = 10;

    private final String server;
    private final TypedGuard<Uni<Object>> guard;
    private final Timer answers;
    private final long restNanos;
    private final AtomicLong tryAtNanos = new AtomicLong();
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    /** @param silence tells failures that are no answer; all others are, and speak for the server */
    Breaker(String server, Predicate<Throwable> silence, BreakerSettings settings, MeterRegistry registry) {
        this.server = server;
        this.restNanos = settings.rest().toNanos();
        this.answers = registry.timer("gamehall.activity.server", "server", server);
        this.guard = TypedGuard.create(new Answer())
                // Calls and answers are on the right event loop; to be sent there again would be two tasks more each
                // time.
                .withThreadOffload(false)
                .withCircuitBreaker()
                .when(silence)
                .requestVolumeThreshold(settings.calls())
                .failureRatio(settings.failures())
                .delay(settings.rest().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(this::changed)
                .done()
                .build();
        Gauge.builder("gamehall.activity.breaker", this, Breaker::number)
                .tag("server", server)
                .register(registry);
    }

    /** The call, unless it is held back. */
    @SuppressWarnings("unchecked")
    public <T> Uni<T> call(Supplier<Uni<T>> call) {
        var begun = System.nanoTime();
        return (Uni<T>) guard.get(() -> (Uni<Object>) call.get().onItem().invoke(answer -> answered(begun)));
    }

    /**
     * Whether what ends in a call should be begun: not while calls are held back. When the rest is over, one caller now
     * and then is let on, to try.
     */
    public boolean isWorthwhile() {
        if (state == CircuitBreakerState.CLOSED) return true;
        var at = tryAtNanos.get();
        var now = System.nanoTime();
        return now - at >= 0 && tryAtNanos.compareAndSet(at, now + restNanos / TRIES_IN_A_REST);
    }

    private void answered(long begunNanos) {
        answers.record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS);
    }

    /** 0: all calls are sent; 1: none is; 2: one is, to see. */
    private int number() {
        return switch (state) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    private void changed(CircuitBreakerState now) {
        tryAtNanos.set(System.nanoTime() + restNanos);
        state = now;
        switch (now) {
            case OPEN -> LOG.warnf("No answers from %s; calls are held back", server);
            case CLOSED -> LOG.infof("%s answers again", server);
            case HALF_OPEN -> LOG.debugf("The next call tries whether %s answers", server);
        }
    }

    private static final class Answer extends TypeLiteral<Uni<Object>> {
        private static final long serialVersionUID = 1L;
    }
}
