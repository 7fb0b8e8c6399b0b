package io.gamehall.reward.grant.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.grant.PageTokens;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;

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
    static GrantsView of(Page<StandingGrant, Moment> page, Function<StandingGrant, GrantView> view) {
        return new GrantsView(
                page.items().stream().map(view).toList(),
                page.next().map(PageTokens::of).orElse(null));
    }
}
