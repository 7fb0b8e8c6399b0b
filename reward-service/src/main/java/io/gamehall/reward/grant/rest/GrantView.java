package io.gamehall.reward.grant.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;

/**
 * A grant as JSON. What did not happen is left out.
 *
 * @param revokedBy told to administrators alone
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantView(
        @JsonProperty("grant_id") String grantId,
        @JsonProperty("source_id") String sourceId,
        @JsonProperty("activity_id") String activityId,
        RewardView reward,
        String state,
        @JsonProperty("granted_at") String grantedAt,
        @JsonProperty("claim_until") String claimUntil,
        @JsonProperty("claimed_at") String claimedAt,
        @JsonProperty("revoked_at") String revokedAt,
        String why,
        @JsonProperty("revoked_by") String revokedBy) {
    /** What was given. */
    @RegisterForReflection
    public record RewardView(String kind, String name, long amount) {}

    /** As its player sees it at a moment, in milliseconds since 1970. */
    static GrantView forPlayer(StandingGrant standing, long nowMs) {
        return of(standing, nowMs, false);
    }

    /** As administrators see it. */
    static GrantView forAdmin(StandingGrant standing, long nowMs) {
        return of(standing, nowMs, true);
    }

    private static GrantView of(StandingGrant standing, long nowMs, boolean toAdmin) {
        var grant = standing.grant();
        var reward = grant.reward();
        var revoked = standing.change(What.REVOKED);
        return new GrantView(
                grant.id(),
                grant.key().id(),
                grant.activity(),
                new RewardView(reward.kind(), reward.name(), reward.amount()),
                standing.state(nowMs).name().toLowerCase(Locale.ROOT),
                instant(grant.grantedAtMs()),
                grant.isGivenAtOnce() ? null : instant(grant.claimUntilMs()),
                standing.change(What.CLAIMED)
                        .map(change -> instant(change.atMs()))
                        .orElse(null),
                revoked.map(change -> instant(change.atMs())).orElse(null),
                revoked.map(GrantChange::why).orElse(null),
                revoked.filter(change -> toAdmin)
                        .map(change -> Long.toUnsignedString(change.by()))
                        .orElse(null));
    }

    static String instant(long atMs) {
        return Instant.ofEpochMilli(atMs).toString();
    }
}
