package io.gamehall.room.domain;

import java.util.List;
import java.util.Map;

/** What the rules say to a command. */
public sealed interface Decision {
    /** The events become true in their order, and then the reply is given. No events: nothing had to change. */
    record Accepted(List<RoomEvent> events, Reply reply) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** @param particulars machine-readable, see docs/errors.md */
    record Refused(Reason reason, Map<String, String> particulars) implements Decision {
        public Refused {
            particulars = Map.copyOf(particulars);
        }
    }

    static Decision accepted(List<? extends RoomEvent> events, Reply reply) {
        return new Accepted(List.copyOf(events), reply);
    }

    static Decision refused(Reason reason) {
        return new Refused(reason, Map.of());
    }

    static Decision refused(Reason reason, String key, Object value) {
        return new Refused(reason, Map.of(key, value.toString()));
    }

    enum Reason {
        ROOM_NOT_FOUND,
        ROOM_FULL,
        ROOM_CLOSED,
        ROOM_EXISTS,
        GAME_FULL,
        WAIT_LIST_FULL,
        ALREADY_IN_ROOM,
        NOT_IN_ROOM,
        PEER_NOT_HERE,
        ALREADY_SEATED,
        NOT_SEATED,
        NO_FREE_SEAT,
        SEAT_NOT_FOUND,
        SEAT_TAKEN,
        RESERVATIONS_MAX,
        ROUND_RUNNING,
        NOT_IN_ROUND,
        RESULT_INVALID,
        TEXT_INVALID,
        TOO_FAST,
        SESSION_ENDED
    }

    sealed interface Reply {
        record Entered(RoomId room, int members, int capacity) implements Reply {}

        /** @param position in the wait-list, from 1 */
        record Waiting(RoomId room, int members, int capacity, int position) implements Reply {}

        record Left() implements Reply {}

        record Seated(RoomId room, Seat seat) implements Reply {}

        /**
         * @param placed who sits, or is to sit, where at the table
         * @param untilMs of a reservation, else 0
         */
        record GroupSeated(RoomId room, int table, List<Placed> placed, long untilMs) implements Reply {
            public GroupSeated {
                placed = List.copyOf(placed);
            }
        }

        /** The player sits on the wanted seat. */
        record Swapped() implements Reply {}

        /** @param other who sits on the wanted seat, and may agree */
        record SwapWished(PlayerId other, long untilMs) implements Reply {}

        record Stood() implements Reply {}

        /** @param round that runs now, or is the next to start */
        record ReadyNoted(boolean started, long round) implements Reply {}

        record ResultNoted(Standing standing) implements Reply {}

        /** A message may go its way. {@code table} and {@code hostTerm} are those of a signal. */
        record Relay(int table, long hostTerm) implements Reply {}

        /** @param sequence the line's place in the room's chat */
        record Said(long sequence) implements Reply {}

        record Done() implements Reply {}
    }

    /** A player and a seat of the table that is spoken of. */
    record Placed(PlayerId player, int seat) {}

    enum Standing {
        COUNTED,
        SETTLED,
        DISPUTED
    }
}
