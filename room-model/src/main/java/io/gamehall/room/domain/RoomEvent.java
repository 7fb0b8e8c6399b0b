package io.gamehall.room.domain;

/**
 * What has become true: the newest state of one thing in a room, as the journal keeps it. Each event stands alone:
 * after every prefix of a decision's events the room obeys its rules.
 */
public sealed interface RoomEvent {
    RoomId room();

    record RoomChanged(RoomId room, RoomSetup setup) implements RoomEvent {}

    /** The player is a member, and waits no more. */
    record MemberChanged(RoomId room, PlayerId player, Member member) implements RoomEvent {}

    /** The player waits for a place. */
    record PlayerWaits(RoomId room, PlayerId player, Waiter waiter) implements RoomEvent {}

    /** The player is no member, and does not wait either. */
    record MemberLeft(RoomId room, PlayerId player) implements RoomEvent {}

    /** @param number of the table, from 0 */
    record TableChanged(RoomId room, int number, Table table) implements RoomEvent {}
}
