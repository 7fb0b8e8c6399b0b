package io.gamehall.gateway.play;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.gateway.play.Owners.Deadline;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which owner a player's call goes to. The directory decides nothing about rooms: it says whom to ask, and refuses only
 * a second room of one game, which no single owner can see.
 */
@Singleton
public class PlayCalls {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Directory directory;
    private final Owners owners;
    private final Duration deadline;
    private final Duration settle;

    PlayCalls(Directory directory, Owners owners, PlayConfig config) {
        this.directory = directory;
        this.owners = owners;
        this.deadline = config.deadline();
        this.settle = config.settle();
    }

    /** What is asked inside a room: by its owner. */
    public <T> Uni<T> inRoom(RoomId room, OwnerCall<T> call) {
        return owners.call(partition(room), Deadline.in(deadline), call)
                .onFailure(TryFailed.class)
                .transform(Throwable::getCause);
    }

    /** Enters a named room. Refused with ALREADY_IN_ROOM if the player is in another room of its game. */
    public <T> Uni<T> enter(PlayerId player, RoomId room, OwnerCall<T> call) {
        return free(player, room, Deadline.in(settle)).flatMap(free -> inRoom(room, call));
    }

    /**
     * Enters the fullest room of a game that has space. The player's room of this game, if there is one, is asked
     * first: it knows whether this is a repeat. Then the partitions are asked one after the other, those with the
     * fullest rooms first, as long as they turn out to be full.
     */
    public <T> Uni<T> autoEnter(PlayerId player, String game, OwnerCall<T> call) {
        if (game.isEmpty()) throw new Refusal(Reason.REQUEST_INVALID, "Name a game");
        directory.requireGame(game);
        var present = directory.roomOf(player, game);
        var partitions = present.isPresent() ? List.of(partition(present.get())) : candidates(game);
        return tryEach(partitions.iterator(), Deadline.in(deadline), call);
    }

    private <T> Uni<T> tryEach(Iterator<Integer> partitions, Deadline until, OwnerCall<T> call) {
        return owners.call(partitions.next(), until, call)
                .onFailure(TryFailed.class)
                .recoverWithUni(full -> partitions.hasNext()
                        ? tryEach(partitions, until, call)
                        : Uni.createFrom().failure(full.getCause()));
    }

    /** The partitions with open rooms of a game: those with space by their fullest room, then the others. */
    private List<Integer> candidates(String game) {
        var partitions = directory.rooms(game).stream()
                .sorted(Comparator.comparing(RoomSummary::hasSpace)
                        .thenComparing(RoomSummary::members)
                        .reversed())
                .filter(RoomSummary::open)
                .map(room -> partition(room.id()))
                .distinct()
                .toList();
        if (partitions.isEmpty()) throw new Refusal(Reason.GAME_FULL, "No room of the game is open");
        return partitions;
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

    private static int partition(RoomId room) {
        return JournalPartitions.of(room, Topics.ROOM_PARTITIONS);
    }
}
