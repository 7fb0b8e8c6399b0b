package io.gamehall.room.owner;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;

/**
 * What a player said in a room. Lines are ordered by term and sequence; where they differ in the log, a line of a lower
 * term than one before it was written by an ex-owner and is not believed.
 *
 * @param term of the owner who took the line
 * @param sequence place in the room's chat, from 1
 * @param requestId of the request, so that a repeated one is told; may be empty
 * @param atMs milliseconds since 1970
 */
public record ChatLine(RoomId room, long term, long sequence, PlayerId by, String text, String requestId, long atMs) {}
