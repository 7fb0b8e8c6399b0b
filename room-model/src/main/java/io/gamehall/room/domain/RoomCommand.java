package io.gamehall.room.domain;

import java.util.List;

/** What is asked of the rooms of a partition. Imperative; may be refused. Times are milliseconds since 1970. */
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

    record AutoEnter(String game, PlayerId player, long generation, long atMs) implements ByPlayer {}

    record Enter(RoomId room, PlayerId player, long generation, long atMs) implements ByPlayer {}

    record Leave(RoomId room, PlayerId player, long generation, long atMs) implements InRoom {}

    record QuickJoin(RoomId room, PlayerId player, long generation) implements InRoom {}

    record Stand(RoomId room, PlayerId player, long generation, long atMs) implements InRoom {}

    record Ready(RoomId room, PlayerId player, long generation) implements InRoom {}

    record ReportResult(
            RoomId room, PlayerId player, long generation, int table, long round, List<Score> scores, long atMs)
            implements InRoom {
        public ReportResult {
            scores = List.copyOf(scores);
        }
    }

    /** A room is to exist; a room that exists stays as it is. */
    record OpenRoom(RoomId room, RoomSetup setup) implements RoomCommand {}

    /** The results of that round stand in {@code game-results}. */
    record ConfirmPublished(RoomId room, int table, long round) implements RoomCommand {}
}
