package io.gamehall.gateway.events;

import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import java.util.List;

/** What a player hears on the event stream. */
public sealed interface PlayerEvent {
    /** About what it costs in memory while it waits or is kept, in bytes. */
    default int weight() {
        return 64;
    }

    /**
     * The first: nothing is missed from here on. With the rooms the player is in.
     *
     * @param streamId names what the following events are counted by
     * @param resumed whether they follow upon the last that the client has
     */
    record Welcomed(List<RoomId> rooms, String streamId, boolean resumed) implements PlayerEvent {
        public Welcomed {
            rooms = List.copyOf(rooms);
        }
    }

    /** The player's table, as it is now. */
    record TableSeen(RoomId room, int number, Table table, WireForm wire) implements PlayerEvent {
        public TableSeen(RoomId room, int number, Table table) {
            this(room, number, table, new WireForm());
        }

        @Override
        public int weight() {
            return 256 + 128 * table.chairs().size();
        }
    }

    /** A round has ended at the player's table, or one that the player was in. */
    record RoundEnded(RoomId room, int table, SettledRound round, WireForm wire) implements PlayerEvent {
        public RoundEnded(RoomId room, int table, SettledRound round) {
            this(room, table, round, new WireForm());
        }

        @Override
        public int weight() {
            return 256 + 64 * round.scores().size();
        }
    }

    /**
     * The player waits for a room.
     *
     * @param position in line, from 1
     */
    record WaitMoved(RoomId room, int position) implements PlayerEvent {}

    /** A notice in the contract's bytes: it is passed on, not understood. */
    record Noticed(byte[] notice) implements PlayerEvent {
        @Override
        public int weight() {
            return 64 + notice.length;
        }
    }

    /** A line was said in a room that the player is in, in the contract's bytes. */
    record Said(byte[] line, WireForm wire) implements PlayerEvent {
        public Said(byte[] line) {
            this(line, new WireForm());
        }

        @Override
        public int weight() {
            return 64 + line.length;
        }
    }

    /**
     * The last.
     *
     * @param retryAfterMs before the client is to come again; 0: at once
     */
    record StreamEnded(EndReason reason, int retryAfterMs) implements PlayerEvent {}

    /** Why a stream ends. */
    enum EndReason {
        DISPLACED,
        REPLACED,
        DRAINING,
        TOO_SLOW,
        EXPIRED,
        LOGGED_OUT;

        /** Whether the client may come back to the same gateway and go on where it was. */
        boolean mayResume() {
            return this == REPLACED || this == EXPIRED;
        }
    }
}
