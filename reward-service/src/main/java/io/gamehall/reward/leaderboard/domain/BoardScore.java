package io.gamehall.reward.leaderboard.domain;

/**
 * A player's score in a game, as it stood at a time.
 *
 * @param version grows with each change
 */
public record BoardScore(long player, long score, long version) {}
