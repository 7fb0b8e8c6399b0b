package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the members of a room what is said there, in the order that the room's owners gave. The chat may be read before
 * the journal says who has entered: what was said a moment ago is told to who comes in, too, be it that the room's owner
 * has told it already.
 */
@Singleton
public class RoomTalk implements DirectoryListener {
    private static final Recent.Bounds RECENT = new Recent.Bounds(Duration.ofSeconds(2), 32, 32_768, 4_194_304);

    private final PlayerStreams streams;
    private final Audiences audiences;
    private final Directory directory;
    private final DirectoryFollower follower;
    private final Recent<RoomId> recent = new Recent<>(RECENT);
    /** One for each room at most. Confined to the thread that reads the chat. */
    private final Map<RoomId, Position> last = new HashMap<>();

    private record Position(long term, long sequence) {
        boolean isAfter(Position other) {
            return term > other.term || term == other.term && sequence > other.sequence;
        }
    }

    RoomTalk(PlayerStreams streams, Audiences audiences, Directory directory, DirectoryFollower follower) {
        this.streams = streams;
        this.audiences = audiences;
        this.directory = directory;
        this.follower = follower;
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
    }

    /**
     * A line stands in the log. One of a lower term than one before it was written by an ex-owner and is not believed;
     * one of a sequence that was there before is a repeat. On the thread that reads the chat only.
     *
     * @return whether it is told
     */
    public boolean said(RoomId room, long term, long sequence, PlayerEvent.Said said) {
        if (directory.room(room).isEmpty()) return false;
        var position = new Position(term, sequence);
        var before = last.get(room);
        if (before != null && !position.isAfter(before)) return false;
        last.put(room, position);
        // In this order: who comes in meanwhile may get it twice, but not miss it.
        recent.add(room, said, System.nanoTime());
        for (var player : audiences.of(room)) streams.tell(player, said);
        return true;
    }

    @Override
    public void entered(RoomId room, PlayerId player) {
        if (!audiences.isHere(player) || directory.whereIs(player).contains(room)) return;
        // Not before the audience has the player, whichever of us hears of it first.
        follower.execute(() -> catchUp(room, player));
    }

    private void catchUp(RoomId room, PlayerId player) {
        if (!audiences.of(room).contains(player)) return;
        for (var line : recent.of(room, System.nanoTime())) streams.tell(player, line);
    }
}
