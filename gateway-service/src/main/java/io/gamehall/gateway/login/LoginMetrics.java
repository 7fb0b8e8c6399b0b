package io.gamehall.gateway.login;

import io.gamehall.platform.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Counts what comes of logging in, by each of its methods, and of refreshing and logging out. */
@Singleton
public class LoginMetrics {
    private final MeterRegistry meters;

    LoginMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param method {@code register}, {@code login}, {@code guest}, {@code oidc}, {@code refresh}, {@code logout} */
    public <T> Uni<T> measured(String method, Uni<T> answer) {
        return Uni.createFrom().deferred(() -> {
            var timer = Timer.start(meters);
            return answer.onItemOrFailure().invoke((item, failure) -> {
                timer.stop(meters.timer("gamehall.logins", "method", method, "outcome", outcome(item, failure)));
            });
        });
    }

    private static String outcome(Object item, Throwable failure) {
        if (failure instanceof Refusal refusal) return refusal.reason().name();
        if (failure != null) return "INTERNAL";
        return item instanceof LoginOutcome.Elsewhere ? "REDIRECT" : "OK";
    }
}
