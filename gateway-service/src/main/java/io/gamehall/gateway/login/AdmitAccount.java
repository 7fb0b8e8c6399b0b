package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.Elsewhere;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.Account.Home;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.RoutePlayer;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Lets the owner of an account in, where the account lives: one that was moved is open in its new region alone. */
@Singleton
class AdmitAccount {
    private static final Duration MOVE_RETRY = Duration.ofSeconds(10);

    private final OpenSession openSession;
    private final RoutePlayer routePlayer;

    AdmitAccount(OpenSession openSession, RoutePlayer routePlayer) {
        this.openSession = openSession;
        this.routePlayer = routePlayer;
    }

    /** @param account whose owner has proved to be it */
    Uni<LoginOutcome> admit(Account account, Arrival arrival) {
        return switch (account.home()) {
            case Home.Here _ -> openSession.of(account);
            case Home.Moving _ ->
                Uni.createFrom()
                        .failure(new Refusal(Reason.ACCOUNT_MOVING, "Try again when it has arrived")
                                .retryAfter(MOVE_RETRY));
            case Home.Elsewhere(var region) ->
                Uni.createFrom().item(() -> new Elsewhere(routePlayer.moved(arrival, region)));
        };
    }
}
