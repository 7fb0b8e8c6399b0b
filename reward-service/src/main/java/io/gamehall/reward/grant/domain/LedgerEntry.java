package io.gamehall.reward.grant.domain;

import io.gamehall.reward.grant.domain.GrantChange.What;
import java.util.Optional;

/**
 * A change of what a player holds.
 *
 * @param change what became of the grant; empty: it was given at once
 */
public record LedgerEntry(Grant grant, Optional<GrantChange> change) {
    /** By how much the player holds more of the reward. */
    public long delta() {
        return change.map(GrantChange::delta).orElse(grant.reward().amount());
    }

    /** Milliseconds since 1970. */
    public long atMs() {
        return change.map(GrantChange::atMs).orElse(grant.grantedAtMs());
    }

    /** What happened; empty: it was given at once. */
    public Optional<What> what() {
        return change.map(GrantChange::what);
    }

    /** Its place in the player's history. */
    public Page.Moment moment() {
        return new Page.Moment(
                atMs(), grant.key().id(), change.map(GrantChange::ordinal).orElse(0));
    }
}
