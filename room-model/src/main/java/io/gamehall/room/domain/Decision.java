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

    enum Reason {
        ROOM_NOT_FOUND,
        ROOM_FULL,
        ROOM_CLOSED,
        GAME_FULL,
        ALREADY_IN_ROOM,
        NOT_IN_ROOM,
        ALREADY_SEATED,
        NOT_SEATED,
        NO_FREE_SEAT,
        ROUND_RUNNING,
        NOT_IN_ROUND,
        RESULT_INVALID,
        SESSION_ENDED
    }

    sealed interface Reply {
        record Entered(RoomId room, int members, int capacity) implements Reply {}

        record Left() implements Reply {}

        record Seated(RoomId room, int table, int seat) implements Reply {}

        record Stood() implements Reply {}

        /** @param round that runs now, or is the next to start */
        record ReadyNoted(boolean started, long round) implements Reply {}

        record ResultNoted(Standing standing) implements Reply {}

        record Done() implements Reply {}
    }

    enum Standing {
        COUNTED,
        SETTLED,
        DISPUTED
    }
}
