package io.gamehall.room.domain;

import java.util.Optional;

/**
 * A taken seat of a table.
 *
 * @param sinceMs when the player sat down, milliseconds since 1970: who sits longest hosts the table
 * @param wish the seat of this room that the player wants instead, if any
 */
public record Chair(PlayerId player, boolean ready, long sinceMs, Optional<Wish> wish) {
    /** How long a wish to swap stands. */
    public static final long WISH_MS = 30_000;

    /** @param untilMs from then on the wish is void, milliseconds since 1970 */
    public record Wish(Seat seat, long untilMs) {}

    static Chair of(PlayerId player, long sinceMs) {
        return new Chair(player, false, sinceMs, Optional.empty());
    }

    Chair with(boolean nowReady) {
        return new Chair(player, nowReady, sinceMs, wish);
    }

    Chair with(Wish wanted) {
        return new Chair(player, ready, sinceMs, Optional.of(wanted));
    }

    /** Whether the player wants that seat, now. */
    boolean wants(Seat seat, long atMs) {
        return wish.filter(it -> it.seat().equals(seat) && it.untilMs() > atMs).isPresent();
    }
}
