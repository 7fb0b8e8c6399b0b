package io.gamehall.reward.achievement.domain;

/**
 * A report that was added up, recorded so that a repeat tells the same.
 *
 * @param value what it added
 * @param totalAfter the total of the type when it had been added
 */
public record Counted(String type, long value, long totalAfter, long atMs) {}
