package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.Holdings;
import io.gamehall.reward.grant.domain.LedgerEntry;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.Page.Place;
import io.gamehall.reward.grant.domain.Page.Query;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.smallrye.mutiny.Uni;

/**
 * What a player was given and has, to look at. Every page is empty where there is nothing; each call may fail with a
 * {@link io.gamehall.platform.Refusal} of {@code DEPENDENCY_UNAVAILABLE}.
 */
public interface GrantHistory {
    /** Grants and what became of them, newest first. */
    Uni<Page<StandingGrant, Moment>> grants(Query<Moment> query);

    /** Everything that changed what the player holds, newest first. */
    Uni<Page<LedgerEntry, Moment>> ledger(Query<Moment> query);

    /** What the player holds, in the order of kinds and names. */
    Uni<Holdings> holdings(Query<Place> query);
}
