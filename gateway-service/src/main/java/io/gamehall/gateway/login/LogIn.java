package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.login.domain.Password;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Logs a player in by name and password. Which of the two was wrong is not told, nor to be had from the time taken. */
@Singleton
public class LogIn {
    private final Accounts accounts;
    private final PasswordHashing passwords;
    private final OpenSession openSession;
    private final Halls halls;

    LogIn(Accounts accounts, PasswordHashing passwords, OpenSession openSession, Halls halls) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.openSession = openSession;
        this.halls = halls;
    }

    /**
     * @param region of the account; empty: this one
     * @return the session or a redirect; fails with a {@link Refusal} of LOGIN_FAILED, REGION_UNKNOWN, OVERLOADED or
     *     DEPENDENCY_UNAVAILABLE. Answers on any thread
     */
    public Uni<LoginOutcome> logIn(String name, String password, String region) {
        return Uni.createFrom().deferred(() -> {
            var redirect = halls.redirect(region);
            if (redirect.isPresent()) return Uni.createFrom().item(redirect.get());
            // What can't be a name or password is no secret, so it needs no hashing to be refused.
            if (!AccountName.isValid(name) || !Password.isValid(password)) throw failed();
            return accounts.find(new AccountName(name)).flatMap(found -> passwords
                    .matches(new Password(password), found.map(Account::passwordHash))
                    .flatMap(proved -> {
                        if (!proved) throw failed();
                        return openSession.of(found.orElseThrow());
                    }));
        });
    }

    private static Refusal failed() {
        return new Refusal(Reason.LOGIN_FAILED, "No account of this region has that name and password");
    }
}
