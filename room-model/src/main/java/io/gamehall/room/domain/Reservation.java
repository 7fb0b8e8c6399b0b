package io.gamehall.room.domain;

/**
 * A free seat that is held for a player, and with it a place in the room. It ends when the player sits down there, or
 * with the first look at the clock after its time.
 *
 * @param seat of the table, from 0
 * @param by who asked for it
 * @param untilMs milliseconds since 1970
 */
public record Reservation(int seat, PlayerId player, PlayerId by, long untilMs) {
    public static final int SECONDS_MAX = 120;
}
