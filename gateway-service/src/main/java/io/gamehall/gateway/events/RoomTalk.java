package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.room.domain.RoomId;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the members of a room what is said there, in the order that the room's owners gave. Confined to the thread that
 * reads the chat.
 */
@Singleton
public class RoomTalk {
    private final PlayerStreams streams;
    private final Audiences audiences;
    private final Directory directory;
    /** One for each room at most. */
    private final Map<RoomId, Position> last = new HashMap<>();

    private record Position(long term, long sequence) {
        boolean isAfter(Position other) {
            return term > other.term || term == other.term && sequence > other.sequence;
        }
    }

    RoomTalk(PlayerStreams streams, Audiences audiences, Directory directory) {
        this.streams = streams;
        this.audiences = audiences;
        this.directory = directory;
    }

    /**
     * A line stands in the log. One of a lower term than one before it was written by an ex-owner and is not believed;
     * one of a sequence that was there before is a repeat.
     *
     * @return whether it is told
     */
    public boolean said(RoomId room, long term, long sequence, PlayerEvent.Said said) {
        if (directory.room(room).isEmpty()) return false;
        var position = new Position(term, sequence);
        var before = last.get(room);
        if (before != null && !position.isAfter(before)) return false;
        last.put(room, position);
        for (var player : audiences.of(room)) streams.tell(player, said);
        return true;
    }
}
