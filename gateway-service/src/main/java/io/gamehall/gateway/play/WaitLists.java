package io.gamehall.gateway.play;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes players off the wait-lists of rooms of which they want another one. An owner sees to this among its own rooms;
 * between owners it is done from here, as well as it can be: a line that could not be left may bring the player into a
 * second room, for which nobody vouches then.
 */
@Singleton
class WaitLists {
    private static final Logger LOG = Logger.getLogger(WaitLists.class);
    /** An owner that does not answer must not keep the player from another room for long. */
    private static final Duration TIME_MAX = Duration.ofMillis(500);

    private final Directory directory;
    private final Owners owners;

    WaitLists(Directory directory, Owners owners) {
        this.directory = directory;
        this.owners = owners;
    }

    /**
     * The rooms of a game for which a player waits.
     *
     * @param told for which the player waits as far as the registry knows; the directory may not show it yet
     */
    List<RoomId> of(PlayerId player, String game, Optional<RoomId> told) {
        var shown = directory.waitsFor(player).stream().filter(id -> directory
                .room(id)
                .filter(room -> room.game().equals(game))
                .isPresent());
        return Stream.concat(shown, told.stream()).distinct().toList();
    }

    /**
     * Leaves the wait-lists of a game. Never fails.
     *
     * @param lines as {@link #of} has them
     * @param wanted the room that is asked for: the lines of rooms of its partition are left to its owner
     * @param until of the call that needs this
     */
    Uni<Void> leave(List<RoomId> lines, Optional<RoomId> wanted, Deadline until, Function<RoomId, OwnerCall<?>> leave) {
        var partition = wanted.map(PlayCalls::partition);
        var others = lines.stream()
                .filter(room -> !partition.equals(Optional.of(PlayCalls.partition(room))))
                .toList();
        if (others.isEmpty()) return Uni.createFrom().voidItem();
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(room -> leave(room, until, leave.apply(room)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private <T> Uni<Void> leave(RoomId room, Deadline until, OwnerCall<T> call) {
        return owners.call(PlayCalls.partition(room), until.within(TIME_MAX), call)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("The wait-list of %s was not left: %s", room, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
