package io.gamehall.gateway.login;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.login.LoginOutcome.Elsewhere;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.login.domain.Password;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.RoutePlayer;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.InetAddress;

/** Logs a player in by name and password. Which of the two was wrong is not told, nor to be had from the time taken. */
@Singleton
public class LogIn {
    private final Accounts accounts;
    private final PasswordHashing passwords;
    private final AdmitAccount admitAccount;
    private final LoginLimits limits;
    private final RoutePlayer routePlayer;

    LogIn(
            Accounts accounts,
            PasswordHashing passwords,
            AdmitAccount admitAccount,
            LoginLimits limits,
            RoutePlayer routePlayer) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.admitAccount = admitAccount;
        this.limits = limits;
        this.routePlayer = routePlayer;
    }

    /**
     * @param arrival with the region of the account, if it is asked for
     * @return the session or a redirect; fails with a {@link Refusal} of LOGIN_FAILED, REGION_UNKNOWN,
     *     TICKET_INVALID, HALL_FULL, ACCOUNT_MOVING, TOO_FAST, OVERLOADED or DEPENDENCY_UNAVAILABLE. Answers on any
     *     thread
     */
    public Uni<LoginOutcome> logIn(String name, String password, Arrival arrival) {
        return Uni.createFrom().deferred(() -> {
            var redirect = routePlayer.returning(arrival);
            if (redirect.isPresent()) return Uni.createFrom().item(new Elsewhere(redirect.get()));
            // What can't be a name or password is no secret, so it needs no hashing to be refused.
            if (!AccountName.isValid(name) || !Password.isValid(password)) throw failed();
            var account = new AccountName(name);
            var network = ClientAddress.current().network();
            return limits.guessing(account, () -> prove(account, new Password(password), network, arrival))
                    // Behind the limits: a guess that is wrong counts, wherever its player is sent then.
                    .onFailure(LogIn::isFailed)
                    .recoverWithUni(failure -> Uni.createFrom().deferred(() -> elsewhere(arrival)));
        });
    }

    private Uni<LoginOutcome> prove(AccountName name, Password password, InetAddress network, Arrival arrival) {
        return accounts.find(name).flatMap(found -> passwords
                .matches(password, found.flatMap(Account::passwordHash), network)
                .flatMap(proved -> {
                    if (!proved) throw failed();
                    return admitAccount.admit(found.orElseThrow(), arrival);
                }));
    }

    /** The account may be one of the region that the client's address belongs to. */
    private Uni<LoginOutcome> elsewhere(Arrival arrival) {
        return Uni.createFrom().item(new Elsewhere(routePlayer.unproven(arrival).orElseThrow(LogIn::failed)));
    }

    private static boolean isFailed(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == Reason.LOGIN_FAILED;
    }

    private static Refusal failed() {
        return new Refusal(Reason.LOGIN_FAILED, "No account of this region has that name and password");
    }
}
