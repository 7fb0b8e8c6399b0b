package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.login.domain.Password;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Creates an account of this region and logs it in. */
@Singleton
public class RegisterAccount {
    /** Ids drawn at most: with a billion accounts in a cell one draw in a thousand is taken. */
    private static final int DRAWS_MAX = 8;

    private final Accounts accounts;
    private final PasswordHashing passwords;
    private final OpenSession openSession;
    private final Halls halls;
    private final int cell;
    private final SecureRandom random = new SecureRandom();

    RegisterAccount(Accounts accounts, PasswordHashing passwords, OpenSession openSession, Halls halls, Cell cell) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.openSession = openSession;
        this.halls = halls;
        this.cell = cell.number();
    }

    /**
     * @param region that is to hold the account; empty: this one
     * @return the session or a redirect; fails with a {@link Refusal} of NAME_INVALID, PASSWORD_INVALID,
     *     REGION_UNKNOWN, NAME_TAKEN, OVERLOADED or DEPENDENCY_UNAVAILABLE. Answers on any thread
     */
    public Uni<LoginOutcome> register(String name, String password, String region) {
        return Uni.createFrom().deferred(() -> {
            var redirect = halls.redirect(region);
            if (redirect.isPresent()) return Uni.createFrom().item(redirect.get());
            var wanted = name(name);
            return passwords
                    .hash(password(password))
                    .flatMap(hash -> keep(wanted, hash, 1))
                    .flatMap(openSession::of);
        });
    }

    private Uni<Account> keep(AccountName name, String hash, int draw) {
        var account = new Account(Account.playerId(cell, random.nextLong()), name, hash);
        return accounts.insert(account).flatMap(insertion -> switch (insertion) {
            case DONE -> Uni.createFrom().item(account);
            case NAME_TAKEN -> refuse(new Refusal(Reason.NAME_TAKEN, "Choose another name"));
            case ID_TAKEN ->
                draw < DRAWS_MAX
                        ? keep(name, hash, draw + 1)
                        : refuse(new Refusal(Reason.OVERLOADED, "No free player id was drawn, try again"));
        });
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

    private static Uni<Account> refuse(Refusal refusal) {
        return Uni.createFrom().failure(refusal);
    }
}
