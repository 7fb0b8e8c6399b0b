package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Reward;

/**
 * A join that was given.
 *
 * @param player the player's id, unsigned, not 0
 * @param ordinal the player's joins of this activity, counted from 1
 * @param region the account's region, 1-40 characters of {@code [a-z0-9-]}
 * @param joinedAtMs milliseconds since 1970, by the clock of Redis
 */
public record Join(ActivityId activity, long player, int ordinal, String region, long joinedAtMs, Reward reward) {
    /** {@code <activity>:<player>:<ordinal>}: tells repeats, everywhere and for ever. */
    public String id() {
        return activity.value() + ":" + Long.toUnsignedString(player) + ":" + ordinal;
    }
}
