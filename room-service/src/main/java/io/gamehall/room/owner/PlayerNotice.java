package io.gamehall.room.owner;

import io.gamehall.room.domain.Payload;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Seat;

/** What a room has to tell one player. */
public sealed interface PlayerNotice {
    PlayerId to();

    RoomId room();

    /** When it happened, milliseconds since 1970. */
    long atMs();

    record Whispered(PlayerId to, RoomId room, PlayerId from, String text, long atMs) implements PlayerNotice {}

    /** @param hostTerm of the table when it was sent */
    record Signalled(PlayerId to, RoomId room, int table, long hostTerm, PlayerId from, Payload payload, long atMs)
            implements PlayerNotice {}

    /** The wait is over. */
    record RoomEntered(PlayerId to, RoomId room, long atMs) implements PlayerNotice {}

    /** @param seat of the player who wants to swap */
    record SwapWanted(PlayerId to, RoomId room, PlayerId from, Seat seat, long untilMs, long atMs)
            implements PlayerNotice {}

    record RoomLeft(PlayerId to, RoomId room, Cause cause, long atMs) implements PlayerNotice {}

    enum Cause {
        ABSENT,
        CLOSED
    }
}
