package io.gamehall.reward.grant.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.grant.PageTokens;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.LedgerEntry;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;

/**
 * A page of a ledger as JSON.
 *
 * @param nextBefore value of {@code before} for the next page; left out on the last one
 */
@RegisterForReflection
public record LedgerView(
        List<EntryView> entries,

        @JsonProperty("next_before") @JsonInclude(JsonInclude.Include.NON_NULL)
        String nextBefore) {
    static LedgerView of(Page<LedgerEntry, Moment> page, boolean toAdmin) {
        return new LedgerView(
                page.items().stream().map(entry -> EntryView.of(entry, toAdmin)).toList(),
                page.next().map(PageTokens::of).orElse(null));
    }

    /**
     * A change of what the player holds.
     *
     * @param delta by how much more
     * @param revokedBy told to administrators alone
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EntryView(
            String what,
            @JsonProperty("grant_id") String grantId,
            @JsonProperty("activity_id") String activityId,
            String kind,
            String name,
            long delta,
            String at,
            String why,
            @JsonProperty("revoked_by") String revokedBy) {
        static EntryView of(LedgerEntry entry, boolean toAdmin) {
            var grant = entry.grant();
            var revoked = entry.change().filter(change -> change.what() == What.REVOKED);
            return new EntryView(
                    entry.what().map(What::name).orElse("GRANTED").toLowerCase(Locale.ROOT),
                    grant.id(),
                    grant.activity(),
                    grant.reward().kind(),
                    grant.reward().name(),
                    entry.delta(),
                    GrantView.instant(entry.atMs()),
                    revoked.map(GrantChange::why).orElse(null),
                    revoked.filter(change -> toAdmin)
                            .map(change -> Long.toUnsignedString(change.by()))
                            .orElse(null));
        }
    }
}
