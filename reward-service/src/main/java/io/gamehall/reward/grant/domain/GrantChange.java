package io.gamehall.reward.grant.domain;

import io.gamehall.reward.pipeline.domain.Bounds;

/**
 * Something that became of a grant.
 *
 * @param ordinal the grant's changes are counted from 1
 * @param delta by how much the player holds more of the reward
 * @param atMs milliseconds since 1970
 * @param by who did it: the player, or an administrator
 * @param why of a revocation; empty for a claim
 */
public record GrantChange(int ordinal, What what, long delta, long atMs, long by, String why) {
    /** What can become of a grant, each at most once. */
    public enum What {
        CLAIMED,
        REVOKED
    }

    /** The longest reason, in characters. */
    public static final int WHY_MAX = 200;

    /**
     * A reason that fits.
     *
     * @throws IllegalArgumentException with a message for the administrator
     */
    public static String why(String text) {
        return Bounds.text("why", text == null ? "" : text, WHY_MAX);
    }
}
