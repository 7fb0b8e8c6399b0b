package io.gamehall.room.domain;

/**
 * A player who waits for a place in a full room.
 *
 * @param turn lower ones enter first; unique in the room
 * @param generation of the session that the player came with
 * @param sinceMs milliseconds since 1970
 */
public record Waiter(long turn, long generation, long sinceMs) {}
