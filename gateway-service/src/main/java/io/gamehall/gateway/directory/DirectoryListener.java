package io.gamehall.gateway.directory;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Table;
import java.util.List;

/** Hears of changes of the directory, on the directory's thread and in order. Must not block. */
public interface DirectoryListener {
    /**
     * Rooms have changed since the last time; coalesced, at most once in {@link DirectoryConfig#interval()}.
     *
     * @param version of the directory with these changes
     * @param changed the newest state of each, in the order of their ids
     */
    default void roomsChanged(long version, List<RoomSummary> changed) {}

    /** A player is in a room; may be told again. */
    default void entered(RoomId room, PlayerId player) {}

    /** A player is not in a room; also told of players who were not there. */
    default void left(RoomId room, PlayerId player) {}

    /** A table has changed. Each change is told. */
    default void tableChanged(RoomId room, int number, Table before, Table after) {}

    /** An interval of {@link DirectoryConfig#interval()} is over: whoever collects changes tells them now. */
    default void intervalOver() {}
}
