package io.gamehall.activity.join;

/**
 * A join that a player has.
 *
 * @param ordinal which of the player's joins it is, from 1 on
 * @param joinedAtMs milliseconds since 1970, by the clock of Redis
 * @param isRepeat whether the player had it already
 */
public record Given(int ordinal, long joinedAtMs, boolean isRepeat) {}
