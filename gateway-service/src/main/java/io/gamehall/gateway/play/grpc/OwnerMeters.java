package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.TryFailed;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is measured of one owner, for as long as there is a connection to it. Safe for any thread. */
final class OwnerMeters {
    /** How a try came out. */
    private enum Outcome {
        ANSWERED,
        REFUSED,
        MOVED,
        FULL,
        /** No answer, or none that decides. */
        UNAVAILABLE,
        /** Not sent: no connection, or held back. */
        UNREACHED,
        SHED,
        FAILED
    }

    private final MeterRegistry meters;
    private final Map<Outcome, Timer> tries = new EnumMap<>(Outcome.class);
    private final Meter breaker;

    OwnerMeters(String endpoint, OwnerBreaker breaker, MeterRegistry meters) {
        this.meters = meters;
        for (var outcome : Outcome.values()) {
            tries.put(
                    outcome,
                    Timer.builder("gamehall.play.owner")
                            .description("Tries at an owner")
                            .tags("owner", endpoint, "outcome", outcome.name())
                            .register(meters));
        }
        this.breaker = Gauge.builder("gamehall.play.breaker", breaker, OwnerBreaker::state)
                .description("Whether calls to an owner are held back")
                .tags("owner", endpoint)
                .register(meters);
    }

    /** @param failure of the try; null: it was answered */
    void tried(long nanos, Throwable failure) {
        tries.get(outcome(failure)).record(nanos, TimeUnit.NANOSECONDS);
    }

    void shed() {
        tries.get(Outcome.SHED).record(0, TimeUnit.NANOSECONDS);
    }

    private static Outcome outcome(Throwable failure) {
        return switch (failure) {
            case null -> Outcome.ANSWERED;
            case TryFailed failed ->
                switch (failed.kind()) {
                    case MOVED -> Outcome.MOVED;
                    case FULL -> Outcome.FULL;
                    case UNAVAILABLE -> Outcome.UNAVAILABLE;
                    case UNREACHED -> Outcome.UNREACHED;
                };
            case Refusal refusal when refusal.reason() == Reason.OVERLOADED -> Outcome.SHED;
            case Refusal _ -> Outcome.FAILED;
            default -> Outcome.REFUSED;
        };
    }

    void close() {
        tries.values().forEach(meters::remove);
        meters.remove(breaker);
    }
}
