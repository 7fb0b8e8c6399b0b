package io.gamehall.reward.grant.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantPage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * A page of grants as JSON.
 *
 * @param nextBefore value of {@code before} for the next page; left out on the last one
 */
@RegisterForReflection
public record GrantsView(
        List<GrantView> grants,

        @JsonProperty("next_before") @JsonInclude(JsonInclude.Include.NON_NULL)
        String nextBefore) {
    static GrantsView of(GrantPage page) {
        return new GrantsView(
                page.grants().stream().map(GrantView::of).toList(),
                page.next().map(Cursors::text).orElse(null));
    }

    /** One grant. */
    @RegisterForReflection
    public record GrantView(
            @JsonProperty("grant_id") String grantId,
            @JsonProperty("source_id") String sourceId,
            @JsonProperty("activity_id") String activityId,
            RewardView reward,
            @JsonProperty("granted_at") String grantedAt) {
        static GrantView of(Grant grant) {
            return new GrantView(
                    grant.id(),
                    grant.key().id(),
                    grant.activity(),
                    new RewardView(
                            grant.reward().kind(),
                            grant.reward().name(),
                            grant.reward().amount()),
                    Instant.ofEpochMilli(grant.grantedAtMs()).toString());
        }
    }

    /** What was given. */
    @RegisterForReflection
    public record RewardView(String kind, String name, long amount) {}
}
