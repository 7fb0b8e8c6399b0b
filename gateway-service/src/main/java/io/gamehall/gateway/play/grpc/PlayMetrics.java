package io.gamehall.gateway.play.grpc;

import io.gamehall.platform.Refusal;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Counts and times players' calls by method and outcome. */
@Singleton
class PlayMetrics {
    private final MeterRegistry meters;

    PlayMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The call, measured; what it throws at once is measured, too, and becomes its failure. */
    <T> Uni<T> measured(String method, Supplier<Uni<? extends T>> call) {
        var timer = Timer.start(meters);
        return Uni.createFrom()
                .<T>deferred(call)
                .onItemOrFailure()
                .invoke((answer, failure) ->
                        timer.stop(meters.timer("gamehall.play.calls", "method", method, "outcome", outcome(failure))));
    }

    private static String outcome(Throwable failure) {
        return switch (failure) {
            case null -> "OK";
            case Refusal refusal -> refusal.reason().name();
            case StatusRuntimeException answer ->
                OwnerAnswers.reason(answer).orElse(answer.getStatus().getCode().name());
            default -> "INTERNAL";
        };
    }
}
