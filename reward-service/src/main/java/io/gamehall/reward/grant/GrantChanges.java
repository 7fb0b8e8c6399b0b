package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.ChangeRules.Command;
import io.gamehall.reward.grant.domain.ChangeRules.Decision;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where changes of grants are decided and kept. */
public interface GrantChanges {
    /**
     * Decides on a command and records what comes of it in one transaction: the change, what it does to the player's
     * balance, and that the player is to be told. Of commands for one grant that come at once, here or elsewhere, one is
     * decided after the other.
     *
     * @return the decision, after the commit; empty where there is no such grant
     * @throws io.gamehall.reward.store.StoreFault through the Uni; after {@code Conflict} nothing was done, and after
     *     {@code Unavailable} it can't be known: in each case the same call may be made again
     */
    Uni<Optional<Decision>> change(FactKey key, Command command);
}
