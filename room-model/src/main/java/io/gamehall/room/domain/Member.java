package io.gamehall.room.domain;

/**
 * A player's membership of a room.
 *
 * @param generation of the session that the player came with; an older session may do nothing here
 * @param enteredAtMs milliseconds since 1970
 */
public record Member(long generation, long enteredAtMs) {}
