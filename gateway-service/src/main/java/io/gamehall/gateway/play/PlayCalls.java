package io.gamehall.gateway.play;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.RoomSummary;
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
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Directory directory;
    private final Owners owners;
    private final WaitLists waitLists;
    private final Entries entries;
    private final Duration deadline;
    private final Duration shown;

    PlayCalls(Directory directory, Owners owners, WaitLists waitLists, Entries entries, PlayConfig config) {
        this.directory = directory;
        this.owners = owners;
        this.waitLists = waitLists;
        this.entries = entries;
        this.deadline = config.deadline();
        this.shown = config.settle();
    }

    /** What is asked inside a room: by its owner. */
    public <T> Uni<T> inRoom(RoomId room, OwnerCall<T> call) {
        return inRoom(room, Deadline.in(deadline), call);
    }

    private <T> Uni<T> inRoom(RoomId room, Deadline until, OwnerCall<T> call) {
        return owners.call(partition(room), until, call)
                .onFailure(TryFailed.class)
                .transform(Throwable::getCause);
    }

    /**
     * Enters a named room. Refused with ALREADY_IN_ROOM if the player is in another room of its game, and with
     * ALREADY_ENTERING while another call is about to enter one. Whoever waits for another room of the game, at another
     * owner, leaves that line first.
     */
    public <T> Uni<T> enter(Entrant<T> entrant, RoomId room, OwnerCall<T> call) {
        var until = Deadline.in(deadline);
        // Without its game there is nothing to claim. A room that was just opened is shown in a moment; of one that is
        // not, only its owner knows whether there is such a room.
        return game(room, until.within(shown))
                .flatMap(game -> game.isEmpty()
                        ? inRoom(room, until, call)
                        : enter(new Entries.Asked<>(entrant, game.get(), Optional.of(room), until), room, call));
    }

    private <T> Uni<T> enter(Entries.Asked<T> asked, RoomId room, OwnerCall<T> call) {
        return entries.enter(
                asked,
                granted ->
                        leaveLines(asked, room, granted.waitsFor()).flatMap(left -> inRoom(room, asked.until(), call)),
                () -> free(asked, room)
                        .flatMap(free -> leaveLines(asked, room, Optional.empty()))
                        .flatMap(left -> inRoom(room, asked.until(), call)));
    }

    private Uni<Optional<String>> game(RoomId room, Deadline shown) {
        var game = directory.room(room).map(RoomSummary::game);
        if (game.isPresent() || !shown.rest().isPositive())
            return Uni.createFrom().item(game);
        return Uni.createFrom().voidItem().onItem().delayIt().by(LOOK_AGAIN).flatMap(waited -> game(room, shown));
    }

    /** Leaves a room, or its line. */
    public <T> Uni<T> leave(PlayerId player, RoomId room, OwnerCall<T> call) {
        return entries.left(player, room, inRoom(room, call));
    }

    private Uni<Void> leaveLines(Entries.Asked<?> asked, RoomId room, Optional<RoomId> told) {
        var entrant = asked.entrant();
        return waitLists.leave(
                waitLists.of(entrant.player(), asked.game(), told), Optional.of(room), asked.until(), entrant.leave());
    }

    /** Without the registry: the directory may still show a room that was left a moment ago. */
    private Uni<Void> free(Entries.Asked<?> asked, RoomId room) {
        var player = asked.entrant().player();
        var other = directory.roomOf(player, asked.game()).filter(present -> !present.equals(room));
        if (other.isEmpty()) return Uni.createFrom().voidItem();
        return entries.gone(player, other.get(), asked.until())
                .flatMap(gone -> gone
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(Entries.inOtherRoom(other.get())));
    }

    static int partition(RoomId room) {
        return JournalPartitions.of(room, Topics.ROOM_PARTITIONS);
    }
}
