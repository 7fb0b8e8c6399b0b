package io.gamehall.reward.grant.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.grant.PageTokens;
import io.gamehall.reward.grant.domain.Holdings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a player holds, as JSON.
 *
 * @param holdings a page of the items and titles
 * @param nextAfter value of {@code after} for the next page; left out on the last one
 */
@RegisterForReflection
public record HoldingsView(
        long points,
        List<HoldingView> holdings,

        @JsonProperty("next_after") @JsonInclude(JsonInclude.Include.NON_NULL)
        String nextAfter) {
    static HoldingsView of(Holdings held) {
        return new HoldingsView(
                held.points(),
                held.others().items().stream()
                        .map(one -> new HoldingView(one.kind(), one.name(), one.amount()))
                        .toList(),
                held.others().next().map(PageTokens::of).orElse(null));
    }

    /** Something held. */
    @RegisterForReflection
    public record HoldingView(String kind, String name, long amount) {}
}
