package io.gamehall.reward.account;

import io.gamehall.reward.account.domain.Account;
import io.gamehall.reward.account.domain.Account.Registration;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Accounts of this region, to look at. Every method may fail with a {@link io.gamehall.platform.Refusal} with {@code DEPENDENCY_UNAVAILABLE}. */
public interface Accounts {
    /**
     * A player's account.
     *
     * @param otherwise to show if the registration is not to be found; then all numbers may be 0
     */
    Uni<Account> of(long player, Registration otherwise);

    /** A player's account, if it is registered here. */
    Uni<Optional<Account>> find(long player);
}
