package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.Elsewhere;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.Identity;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.RoutePlayer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Logs a player in whom the hall's OpenID Connect issuer vouches for; the first time makes the account. */
@Singleton
public class LogInWithOidc {
    private static final String PREFIX = "player";

    private final IdTokens idTokens;
    private final Accounts accounts;
    private final NewAccounts newAccounts;
    private final OpenSession openSession;
    private final AdmitAccount admitAccount;
    private final LoginLimits limits;
    private final RoutePlayer routePlayer;

    LogInWithOidc(
            IdTokens idTokens,
            Accounts accounts,
            NewAccounts newAccounts,
            OpenSession openSession,
            AdmitAccount admitAccount,
            LoginLimits limits,
            RoutePlayer routePlayer) {
        this.idTokens = idTokens;
        this.accounts = accounts;
        this.newAccounts = newAccounts;
        this.openSession = openSession;
        this.admitAccount = admitAccount;
        this.limits = limits;
        this.routePlayer = routePlayer;
    }

    /**
     * @param arrival with the region of the account, if it is asked for
     * @return the session or a redirect; fails with a {@code Refusal} of OIDC_OFF, LOGIN_FAILED, REGION_UNKNOWN,
     *     TICKET_INVALID, HALL_FULL, ACCOUNT_MOVING, TOO_FAST, OVERLOADED or DEPENDENCY_UNAVAILABLE. Answers on any
     *     thread
     */
    public Uni<LoginOutcome> logIn(String idToken, Arrival arrival) {
        return Uni.createFrom().deferred(() -> {
            idTokens.requireOn();
            var redirect = routePlayer.returning(arrival);
            if (redirect.isPresent()) return Uni.createFrom().item(new Elsewhere(redirect.get()));
            return limits.proving(() -> {
                var identity = idTokens.verify(idToken);
                return accounts.find(identity)
                        .flatMap(found -> found.map(account -> admitAccount.admit(account, arrival))
                                .orElseGet(() -> unknown(identity, arrival)));
            });
        });
    }

    /** The first login, or one of an account of the region that the client's address belongs to. */
    private Uni<LoginOutcome> unknown(Identity identity, Arrival arrival) {
        return routePlayer
                .unproven(arrival)
                .map(to -> Uni.createFrom().<LoginOutcome>item(new Elsewhere(to)))
                .orElseGet(() -> openSession.ofNew(() -> create(identity)));
    }

    private Uni<Account> create(Identity identity) {
        return newAccounts
                .unnamed(PREFIX, account -> accounts.insert(account, identity))
                // Two first logins at once: the other has made it.
                .flatMap(made -> made.map(account -> Uni.createFrom().item(account))
                        .orElseGet(() -> accounts.find(identity).map(found -> found.orElseThrow())));
    }
}
