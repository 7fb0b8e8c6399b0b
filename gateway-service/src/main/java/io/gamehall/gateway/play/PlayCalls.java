package io.gamehall.gateway.play;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.Owners.Deadline;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which owner a player's call goes to. The directory decides nothing about rooms: it says whom to ask, and refuses only
 * a second room of one game, which no single owner can see.
 */
@Singleton
public class PlayCalls {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Directory directory;
    private final Owners owners;
    private final WaitLists waitLists;
    private final Duration deadline;
    private final Duration settle;

    PlayCalls(Directory directory, Owners owners, WaitLists waitLists, PlayConfig config) {
        this.directory = directory;
        this.owners = owners;
        this.waitLists = waitLists;
        this.deadline = config.deadline();
        this.settle = config.settle();
    }

    /** What is asked inside a room: by its owner. */
    public <T> Uni<T> inRoom(RoomId room, OwnerCall<T> call) {
        return owners.call(partition(room), Deadline.in(deadline), call)
                .onFailure(TryFailed.class)
                .transform(Throwable::getCause);
    }

    /**
     * Enters a named room. Refused with ALREADY_IN_ROOM if the player is in another room of its game. Whoever waits for
     * another room of the game, at another owner, leaves that line first.
     *
     * @param leave takes the player off the wait-list of a room
     */
    public <T> Uni<T> enter(PlayerId player, RoomId room, OwnerCall<T> call, Function<RoomId, OwnerCall<?>> leave) {
        return free(player, room, Deadline.in(settle))
                .flatMap(free -> directory
                        .room(room)
                        .map(wanted -> waitLists.leave(player, wanted.game(), Optional.of(room), leave))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .flatMap(left -> inRoom(room, call));
    }

    /** The directory may still show a room that was left a moment ago: only one that stays there is refused. */
    private Uni<Void> free(PlayerId player, RoomId room, Deadline until) {
        var other = otherRoom(player, room);
        if (other.isEmpty()) return Uni.createFrom().voidItem();
        if (!until.rest().isPositive()) {
            return Uni.createFrom()
                    .failure(new Refusal(Reason.ALREADY_IN_ROOM, "Leave the other room first")
                            .with(Map.of("room_id", other.get().value())));
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOOK_AGAIN)
                .flatMap(waited -> free(player, room, until));
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
