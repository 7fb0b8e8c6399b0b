package io.gamehall.gateway.play;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.Owners.Deadline;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Which owner a player's call goes to. The directory decides nothing about rooms: it says whom to ask. A second room of
 * one game, which no single owner can see, is the registry's to refuse, and the directory's while that is away.
 */
@Singleton
public class PlayCalls {
    private final Directory directory;
    private final Owners owners;
    private final WaitLists waitLists;
    private final Entries entries;
    private final Duration deadline;

    PlayCalls(Directory directory, Owners owners, WaitLists waitLists, Entries entries, PlayConfig config) {
        this.directory = directory;
        this.owners = owners;
        this.waitLists = waitLists;
        this.entries = entries;
        this.deadline = config.deadline();
    }

    /** What is asked inside a room: by its owner. */
    public <T> Uni<T> inRoom(RoomId room, OwnerCall<T> call) {
        return owners.call(partition(room), Deadline.in(deadline), call)
                .onFailure(TryFailed.class)
                .transform(Throwable::getCause);
    }

    /**
     * Enters a named room. Refused with ALREADY_IN_ROOM if the player is in another room of its game, and with
     * ALREADY_ENTERING while another call is about to enter one. Whoever waits for another room of the game, at another
     * owner, leaves that line first.
     */
    public <T> Uni<T> enter(Entrant<T> entrant, RoomId room, OwnerCall<T> call) {
        var wanted = directory.room(room);
        // Only its owner knows whether there is such a room.
        if (wanted.isEmpty()) return inRoom(room, call);
        var game = wanted.get().game();
        return entries.enter(
                entrant,
                game,
                Optional.of(room),
                granted -> leaveLines(entrant, game, room, granted.waitsFor()).flatMap(left -> inRoom(room, call)),
                () -> free(entrant.player(), room)
                        .flatMap(free -> leaveLines(entrant, game, room, Optional.empty()))
                        .flatMap(left -> inRoom(room, call)));
    }

    /** Leaves a room, or its line. */
    public <T> Uni<T> leave(PlayerId player, RoomId room, OwnerCall<T> call) {
        return entries.left(player, room, inRoom(room, call));
    }

    private Uni<Void> leaveLines(Entrant<?> entrant, String game, RoomId room, Optional<RoomId> told) {
        return waitLists.leave(waitLists.of(entrant.player(), game, told), Optional.of(room), entrant.leave());
    }

    /** Without the registry: the directory may still show a room that was left a moment ago. */
    private Uni<Void> free(PlayerId player, RoomId room) {
        var other = otherRoom(player, room);
        if (other.isEmpty()) return Uni.createFrom().voidItem();
        return entries.gone(player, other.get())
                .flatMap(gone -> gone
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(Entries.inOtherRoom(other.get())));
    }

    private Optional<RoomId> otherRoom(PlayerId player, RoomId room) {
        return directory
                .room(room)
                .flatMap(wanted -> directory.roomOf(player, wanted.game()))
                .filter(present -> !present.equals(room));
    }

    static int partition(RoomId room) {
        return JournalPartitions.of(room, Topics.ROOM_PARTITIONS);
    }
}
