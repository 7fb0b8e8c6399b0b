package io.gamehall.gateway.login;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.login.LoginOutcome.Elsewhere;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.login.domain.Password;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.RoutePlayer;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Creates an account of this region and logs it in. */
@Singleton
public class RegisterAccount {
    private final Accounts accounts;
    private final NewAccounts newAccounts;
    private final PasswordHashing passwords;
    private final OpenSession openSession;
    private final LoginLimits limits;
    private final RoutePlayer routePlayer;
    private final Admins admins;

    RegisterAccount(
            Accounts accounts,
            NewAccounts newAccounts,
            PasswordHashing passwords,
            OpenSession openSession,
            LoginLimits limits,
            RoutePlayer routePlayer,
            Admins admins) {
        this.accounts = accounts;
        this.newAccounts = newAccounts;
        this.passwords = passwords;
        this.openSession = openSession;
        this.limits = limits;
        this.routePlayer = routePlayer;
        this.admins = admins;
    }

    /**
     * @param arrival with the region that is to hold the account, if it is asked for
     * @return the session or a redirect; fails with a {@link Refusal} of NAME_INVALID, PASSWORD_INVALID,
     *     REGION_UNKNOWN, TICKET_INVALID, HALL_FULL, NAME_TAKEN, TOO_FAST, OVERLOADED or DEPENDENCY_UNAVAILABLE.
     *     Answers on any thread
     */
    public Uni<LoginOutcome> register(String name, String password, Arrival arrival) {
        return Uni.createFrom().deferred(() -> {
            var redirect = routePlayer.newcomer(arrival);
            if (redirect.isPresent()) return Uni.createFrom().item(new Elsewhere(redirect.get()));
            var wanted = name(name);
            var secret = password(password);
            var network = ClientAddress.current().network();
            return limits.registering(() -> requireFree(wanted)
                    .flatMap(free -> passwords.hash(secret, network))
                    .flatMap(hash -> openSession.ofNew(() -> newAccounts.named(wanted, hash, accounts::insert))));
        });
    }

    /** Before a password is hashed for nothing; the insertion decides. */
    private Uni<Void> requireFree(AccountName name) {
        return accounts.find(name)
                .invoke(found -> {
                    if (found.isPresent() || admins.isReserved(name)) throw NewAccounts.taken();
                })
                .replaceWithVoid();
    }

    private static AccountName name(String name) {
        try {
            return new AccountName(name);
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.NAME_INVALID, invalid.getMessage());
        }
    }

    private static Password password(String password) {
        try {
            return new Password(password);
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.PASSWORD_INVALID, invalid.getMessage());
        }
    }
}
