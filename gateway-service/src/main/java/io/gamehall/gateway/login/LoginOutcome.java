package io.gamehall.gateway.login;

import io.gamehall.gateway.routing.Redirected;
import java.time.Instant;

/** What a player is told who asked for a session; refusals are {@code Refusal}s. */
public sealed interface LoginOutcome {
    /** The player is logged in. */
    record LoggedIn(
            long player,
            String token,
            Instant expiresAt,
            String region,
            String hallAddress,
            String activityUrl,
            String rewardUrl)
            implements LoginOutcome {}

    /** The call is to be repeated at another hall. */
    record Elsewhere(Redirected to) implements LoginOutcome {}
}
