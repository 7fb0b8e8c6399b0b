package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.login.domain.Identity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * The accounts of this region. Every method fails with a {@code Refusal} of {@code DEPENDENCY_UNAVAILABLE} when it gets
 * no answer in time.
 */
public interface Accounts {
    /** What came of keeping a new account. */
    enum Insertion {
        DONE,
        NAME_TAKEN,
        /** Another account has the player id: draw another. */
        ID_TAKEN,
        /** The identity has an account. */
        IDENTITY_TAKEN
    }

    Uni<Optional<Account>> find(AccountName name);

    Uni<Optional<Account>> find(Identity identity);

    /** Keeps a new account, or leaves everything as it was. When it fails, either may be so. */
    Uni<Insertion> insert(Account account);

    /** The same for the account of an identity; both are kept, or neither. */
    Uni<Insertion> insert(Account account, Identity identity);
}
