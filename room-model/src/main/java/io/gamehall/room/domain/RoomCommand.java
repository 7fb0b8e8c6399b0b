package io.gamehall.room.domain;

import java.util.List;
import java.util.Set;

/**
 * What is asked of the rooms of a partition. Imperative; may be refused. {@code atMs}: now, in milliseconds since 1970.
 */
public sealed interface RoomCommand {
    /** What a player asks, with the generation of the player's session. */
    sealed interface ByPlayer extends RoomCommand {
        PlayerId player();

        long generation();
    }

    /** What a member of a room asks of that room. */
    sealed interface InRoom extends ByPlayer {
        RoomId room();
    }

    /** What is sent on and changes nothing in the room. */
    sealed interface Relayed extends InRoom {}

    record AutoEnter(String game, PlayerId player, long generation, long atMs) implements ByPlayer {}

    /** @param waitIfFull to stand in line when the room is full */
    record Enter(RoomId room, PlayerId player, long generation, boolean waitIfFull, long atMs) implements ByPlayer {}

    /** Leaves the room, or its wait-list. */
    record Leave(RoomId room, PlayerId player, long generation, long atMs) implements ByPlayer {}

    record QuickJoin(RoomId room, PlayerId player, long generation, long atMs) implements InRoom {}

    record Sit(RoomId room, PlayerId player, long generation, Seat seat, long atMs) implements InRoom {}

    record Swap(RoomId room, PlayerId player, long generation, Seat seat, long atMs) implements InRoom {}

    /** @param friends who sit down with the player, 1-7 */
    record SitTogether(RoomId room, PlayerId player, long generation, List<PlayerId> friends, long atMs)
            implements InRoom {
        public SitTogether {
            friends = PlayerId.friends(friends, player);
        }
    }

    /** @param friends for whom seats are held, 1-7 */
    record Reserve(RoomId room, PlayerId player, long generation, List<PlayerId> friends, int seconds, long atMs)
            implements InRoom {
        public Reserve {
            friends = PlayerId.friends(friends, player);
            if (seconds < 1 || seconds > Reservation.SECONDS_MAX) {
                throw new IllegalArgumentException("A reservation holds 1-" + Reservation.SECONDS_MAX + " seconds");
            }
        }
    }

    record Stand(RoomId room, PlayerId player, long generation, long atMs) implements InRoom {}

    record Ready(RoomId room, PlayerId player, long generation, long atMs) implements InRoom {}

    record ReportResult(
            RoomId room, PlayerId player, long generation, int table, long round, List<Score> scores, long atMs)
            implements InRoom {
        public ReportResult {
            scores = List.copyOf(scores);
        }
    }

    /** A line for all members of the room. */
    record Say(RoomId room, PlayerId player, long generation, String text, long atMs) implements Relayed {}

    /** A line for one other member of the room. */
    record Whisper(RoomId room, PlayerId player, long generation, PlayerId to, String text, long atMs)
            implements Relayed {}

    /** Opaque bytes for another player of the same table. */
    record Signal(RoomId room, PlayerId player, long generation, PlayerId to, Payload payload, long atMs)
            implements Relayed {}

    /** A room is to exist; one that exists stays as it is. */
    record EnsureRoom(RoomId room, RoomSetup setup) implements RoomCommand {}

    /** A new room, or a closed one again. */
    record OpenRoom(RoomId room, RoomSetup setup) implements RoomCommand {}

    /** @param drainByMs when the members who are left are taken out */
    record CloseRoom(RoomId room, long drainByMs) implements RoomCommand {}

    record ChangeCapacity(RoomId room, int capacity) implements RoomCommand {
        public ChangeCapacity {
            RoomSetup.requireCapacity(capacity);
        }
    }

    /** A player is taken out of the room, or off its wait-list. */
    record Remove(RoomId room, PlayerId player, long atMs) implements RoomCommand {}

    /** What the clock asks for in a room: reservations end, and who waits enters. */
    record Advance(RoomId room, long atMs) implements RoomCommand {}

    /** @param away who is not connected now: such a host makes way for a player who is */
    record ElectHost(RoomId room, int table, Set<PlayerId> away) implements RoomCommand {
        public ElectHost {
            away = Set.copyOf(away);
        }
    }

    /** The results of that round stand in {@code game-results}. */
    record ConfirmPublished(RoomId room, int table, long round) implements RoomCommand {}
}
