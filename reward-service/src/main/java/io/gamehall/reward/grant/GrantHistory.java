package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.GrantPage;
import io.smallrye.mutiny.Uni;

/** A player's grants, to look at. */
public interface GrantHistory {
    /**
     * A page of grants, newest first.
     *
     * @return the page, empty where there is nothing; or a {@link io.gamehall.platform.Refusal} with
     *     {@code DEPENDENCY_UNAVAILABLE}
     */
    Uni<GrantPage> page(GrantPage.Query query);
}
