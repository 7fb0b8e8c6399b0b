package io.gamehall.gateway.events;

import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import java.util.List;

/** What a player hears on the event stream. */
public sealed interface PlayerEvent {
    /** The first: nothing is missed from here on. With the rooms the player is in. */
    record Welcomed(List<RoomId> rooms) implements PlayerEvent {
        public Welcomed {
            rooms = List.copyOf(rooms);
        }
    }

    /** The player's table, as it is now. */
    record TableSeen(RoomId room, int number, Table table) implements PlayerEvent {}

    /** A round has ended at the player's table, or one that the player was in. */
    record RoundEnded(RoomId room, int table, SettledRound round) implements PlayerEvent {}

    /** A notice in the contract's bytes: it is passed on, not understood. */
    record Noticed(byte[] notice) implements PlayerEvent {}

    /** A line was said in a room that the player is in. */
    record Said(SharedMessage line) implements PlayerEvent {}

    /** The last. */
    record StreamEnded(EndReason reason) implements PlayerEvent {}

    /** Why a stream ends. */
    enum EndReason {
        DISPLACED,
        REPLACED,
        DRAINING,
        TOO_SLOW,
        EXPIRED
    }
}
