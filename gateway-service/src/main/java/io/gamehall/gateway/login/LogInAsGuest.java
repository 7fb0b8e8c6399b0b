package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.Elsewhere;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.RoutePlayer;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lets somebody play who has no account: makes one that only the session's token opens, and that says so. */
@Singleton
public class LogInAsGuest {
    private static final String PREFIX = "guest";

    private final Accounts accounts;
    private final NewAccounts newAccounts;
    private final OpenSession openSession;
    private final LoginLimits limits;
    private final RoutePlayer routePlayer;
    private final boolean welcome;

    LogInAsGuest(
            Accounts accounts,
            NewAccounts newAccounts,
            OpenSession openSession,
            LoginLimits limits,
            RoutePlayer routePlayer,
            LoginConfig config) {
        this.accounts = accounts;
        this.newAccounts = newAccounts;
        this.openSession = openSession;
        this.limits = limits;
        this.routePlayer = routePlayer;
        this.welcome = config.guests();
    }

    /**
     * @param arrival with the region that is to hold the account, if it is asked for
     * @return the session or a redirect; fails with a {@link Refusal} of GUESTS_OFF, REGION_UNKNOWN,
     *     TICKET_INVALID, HALL_FULL, TOO_FAST, OVERLOADED or DEPENDENCY_UNAVAILABLE. Answers on any thread
     */
    public Uni<LoginOutcome> logIn(Arrival arrival) {
        return Uni.createFrom().deferred(() -> {
            if (!welcome) throw new Refusal(Reason.GUESTS_OFF, "Register, or log in");
            var redirect = routePlayer.newcomer(arrival);
            if (redirect.isPresent()) return Uni.createFrom().item(new Elsewhere(redirect.get()));
            return limits.creating(() -> openSession.ofGuest(
                    () -> newAccounts.unnamed(PREFIX, accounts::insert).map(Optional::orElseThrow)));
        });
    }
}
