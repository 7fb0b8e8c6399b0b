package io.gamehall.room.domain;

/**
 * What has become true: the newest state of one thing in a room, as the journal keeps it. Each event stands alone:
 * after every prefix of a decision's events the room obeys its rules.
 */
public sealed interface RoomEvent {
    RoomId room();

    record RoomChanged(RoomId room, RoomSetup setup) implements RoomEvent {}

    record MemberChanged(RoomId room, PlayerId player, Member member) implements RoomEvent {}

    record MemberLeft(RoomId room, PlayerId player) implements RoomEvent {}

    /** @param number of the table, from 0 */
    record TableChanged(RoomId room, int number, Table table) implements RoomEvent {}
}
