package io.gamehall.gateway.play;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cell's one record of which room of each game a player is in, by which two entries of a player into one game at
 * the same moment, through whatever gateways, are kept apart. It does not know what the owners of rooms know: it holds
 * what gateways told it, and what is older than a few seconds gives way to what a gateway sees in the journal. Each
 * method is one atomic step for each player. Any thread; fails when there is no answer in time, and can be repeated.
 */
public interface RoomClaims {
    /**
     * An entry that is about to be asked for.
     *
     * @param room which; empty: any of the game
     * @param requestId by which a repeat is told
     * @param seen the rooms of the game in which the player is, as far as this gateway sees
     */
    record Claim(PlayerId player, String game, Optional<RoomId> room, String requestId, List<RoomId> seen) {
        public Claim {
            seen = List.copyOf(seen);
        }
    }

    /** What came of a claim. */
    sealed interface Answer {
        /**
         * No other entry of the player into the game is granted until this one is settled, or its time is over; but
         * one into the same room with the same request id is, for it is a repeat.
         *
         * @param in the room in which the player is already
         * @param waitsFor the room for which the player waits, as far as known
         */
        record Granted(Optional<RoomId> in, Optional<RoomId> waitsFor) implements Answer {}

        /** The player is in another room of the game. */
        record Held(RoomId other) implements Answer {}

        /** Another entry is under way. @param rest until its time is over at the latest */
        record Busy(Duration rest) implements Answer {}
    }

    /** What came of an entry. */
    sealed interface Outcome {
        /** The player is in the room. */
        record In(RoomId room) implements Outcome {}

        /** The player stands in line for the room. */
        record Waits(RoomId room) implements Outcome {}

        /** Nothing has changed. */
        record Refused() implements Outcome {}

        /**
         * Nobody knows; it may still take effect.
         *
         * @param notAfterMs until then, ms since 1970 by the owners' clocks: no owner decides it later
         */
        record Doubtful(long notAfterMs) implements Outcome {}
    }

    Uni<Answer> claim(Claim claim);

    /**
     * Ends a claim. One whose time was over, and which another has followed, changes nothing. When this fails it is
     * said once more, without the caller; as {@link #left} is.
     */
    Uni<Void> settle(Claim claim, Outcome outcome);

    /** The player has left the room, or its line. */
    Uni<Void> left(PlayerId player, String game, RoomId room);

    /**
     * Tells of the rooms in which players are seen, so that a registry that knows nothing of them learns; many players
     * take several steps.
     *
     * @param seen by player and game, in the order of the entries
     * @return by player and game the room that counts, where there is one
     */
    Uni<Map<PlayerId, Map<String, RoomId>>> learn(Map<PlayerId, Map<String, List<RoomId>>> seen);
}
