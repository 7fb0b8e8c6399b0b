package io.gamehall.gateway.login;

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

    /**
     * The player belongs to another region: the call is to be repeated there.
     *
     * @param hallAddress {@code host:port}
     */
    record Redirected(String region, String hallAddress) implements LoginOutcome {}
}
