package io.gamehall.reward.grant.domain;

import io.gamehall.reward.grant.domain.GrantChange.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A grant and what became of it.
 *
 * @param changes in their order
 */
public record StandingGrant(Grant grant, List<GrantChange> changes) {
    /** How a grant stands. */
    public enum State {
        /** It was the player's at once. */
        GRANTED,
        /** The player may claim it. */
        CLAIMABLE,
        /** Nobody claimed it in time. */
        EXPIRED,
        /** The player claimed it. */
        CLAIMED,
        /** An administrator took it back, for good. */
        REVOKED
    }

    public StandingGrant {
        changes = List.copyOf(changes);
    }

    /** The change of that kind, if there was one. */
    public Optional<GrantChange> change(What what) {
        return changes.stream().filter(change -> change.what() == what).findFirst();
    }

    /** How it stands at a moment, in milliseconds since 1970. */
    public State state(long nowMs) {
        if (change(What.REVOKED).isPresent()) return State.REVOKED;
        if (grant.isGivenAtOnce()) return State.GRANTED;
        if (change(What.CLAIMED).isPresent()) return State.CLAIMED;
        return nowMs < grant.claimUntilMs() ? State.CLAIMABLE : State.EXPIRED;
    }

    /** The same after one more change. */
    StandingGrant and(GrantChange change) {
        var all = new ArrayList<>(changes);
        all.add(change);
        return new StandingGrant(grant, all);
    }
}
