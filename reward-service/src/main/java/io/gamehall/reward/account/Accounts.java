package io.gamehall.reward.account;

import io.gamehall.reward.account.domain.Account;
import io.gamehall.reward.account.domain.Account.Registration;
import io.smallrye.mutiny.Uni;

/** Accounts, to look at. */
public interface Accounts {
    /**
     * A player's account.
     *
     * @param otherwise name and region to show if the registration is not to be found; then all numbers may be 0
     * @return the account; or a {@link io.gamehall.platform.Refusal} with {@code DEPENDENCY_UNAVAILABLE}
     */
    Uni<Account> of(long player, Registration otherwise);
}
