package io.gamehall.gateway.login;

import io.gamehall.platform.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Counts logins and registrations by what came of them. */
@Singleton
public class LoginMetrics {
    private final MeterRegistry meters;

    LoginMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param method {@code register} or {@code login} */
    public Uni<LoginOutcome> measured(String method, Uni<LoginOutcome> outcome) {
        return Uni.createFrom().deferred(() -> {
            var timer = Timer.start(meters);
            return outcome.onItemOrFailure().invoke((item, failure) -> {
                if (item instanceof LoginOutcome.Redirected to) {
                    meters.counter("gamehall.redirects", "region", to.region()).increment();
                }
                timer.stop(meters.timer("gamehall.logins", "method", method, "outcome", outcome(item, failure)));
            });
        });
    }

    private static String outcome(LoginOutcome item, Throwable failure) {
        if (failure instanceof Refusal refusal) return refusal.reason().name();
        if (failure != null) return "INTERNAL";
        return switch (item) {
            case LoginOutcome.LoggedIn _ -> "OK";
            case LoginOutcome.Redirected _ -> "REDIRECT";
        };
    }
}
