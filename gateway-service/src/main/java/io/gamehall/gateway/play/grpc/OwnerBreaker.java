package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.BreakerConfig;
import io.gamehall.v1.RoomCommandReply;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Holds calls back from an owner that does not answer, so that nobody waits for it in vain and it is not buried when it
 * comes back. Safe for any thread. An answer to a call that came on an event loop comes back on that event loop.
 */
final class OwnerBreaker {
    private static final Logger LOG = Logger.getLogger(OwnerBreaker.class);

    private final String endpoint;
    /** Without a name, which its registry would keep for ever, and without a description, hence without its metrics. */
    private final TypedGuard<Uni<RoomCommandReply>> guard;

    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    /** @param heldBack is told of each call that is held back, on the caller's thread */
    OwnerBreaker(String endpoint, BreakerConfig config, Runnable heldBack) {
        this.endpoint = endpoint;
        this.guard = TypedGuard.create(new Reply())
                .withCircuitBreaker()
                .when(OwnerAnswers::isSilence)
                .requestVolumeThreshold(config.calls())
                .failureRatio(config.failures())
                .delay(config.rest().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(this::changed)
                .onPrevented(heldBack)
                .done()
                .build();
    }

    /**
     * The call, unless it is held back: then it fails at once with a {@code CircuitBreakerOpenException}. One that has
     * begun goes on to its end, and counts, also when whoever waits for it goes away.
     */
    Uni<RoomCommandReply> call(Supplier<Uni<RoomCommandReply>> call) {
        return guard.get(call);
    }

    boolean isOpen() {
        return state == CircuitBreakerState.OPEN;
    }

    /** 0: all calls are sent; 1: none is; 2: one is, to see. */
    int state() {
        return switch (state) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    private void changed(CircuitBreakerState now) {
        state = now;
        switch (now) {
            case OPEN -> LOG.warnf("The owner at %s does not answer; calls to it are held back", endpoint);
            case CLOSED -> LOG.infof("The owner at %s answers again", endpoint);
            case HALF_OPEN -> LOG.debugf("The next call to the owner at %s tries whether it answers", endpoint);
        }
    }

    private static final class Reply extends TypeLiteral<Uni<RoomCommandReply>> {
        private static final long serialVersionUID = 1L;
    }
}
