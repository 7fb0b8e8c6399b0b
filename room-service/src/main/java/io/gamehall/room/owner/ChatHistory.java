package io.gamehall.room.owner;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last lines of each room, as the log of the chat tells them, in every process: a new owner goes on where the old
 * one stopped. One writer, any number of readers.
 */
public final class ChatHistory {
    /** Lines that are kept of a room. */
    public static final int LINES_MAX = 50;

    private final Map<RoomId, List<ChatLine>> rooms = new ConcurrentHashMap<>();

    /** Takes the next line of the log. @return whether it is to be believed, and new */
    public boolean add(ChatLine line) {
        var before = rooms.getOrDefault(line.room(), List.of());
        if (!before.isEmpty() && !isAfter(line, before.getLast())) return false;
        var after = new ArrayList<>(before.size() < LINES_MAX ? before : before.subList(1, before.size()));
        after.add(line);
        rooms.put(line.room(), List.copyOf(after));
        return true;
    }

    private static boolean isAfter(ChatLine line, ChatLine last) {
        return line.term() > last.term() || line.term() == last.term() && line.sequence() > last.sequence();
    }

    /** The last lines, oldest first. */
    public List<ChatLine> recent(RoomId room) {
        return rooms.getOrDefault(room, List.of());
    }

    long lastSequence(RoomId room) {
        var lines = recent(room);
        return lines.isEmpty() ? 0 : lines.getLast().sequence();
    }

    /** The line that a request has brought about, if it is among the last ones. */
    Optional<ChatLine> of(RoomId room, PlayerId by, String requestId) {
        if (requestId.isEmpty()) return Optional.empty();
        return recent(room).stream()
                .filter(line -> line.by().equals(by) && line.requestId().equals(requestId))
                .findFirst();
    }
}
