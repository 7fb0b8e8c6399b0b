package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomCommand.EnsureRoom;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rooms a region needs beside those that it has: when less than a fifth of a game's places is free, the next one
 * opens. The id of the next room is the same for everybody who looks, and so is the partition whose owner opens it: no
 * two processes open different rooms for the same need. Stateless.
 */
final class RoomOpening {
    private static final double FREE_SHARE_MIN = 0.2;

    private final RoomsConfig config;

    RoomOpening(RoomsConfig config) {
        this.config = config;
    }

    /** The room that a configured game has under a number. */
    static EnsureRoom room(RoomsConfig config, String game, int number) {
        return new EnsureRoom(
                new RoomId("%s-%03d".formatted(game, number)),
                RoomSetup.withTablesForAll(game, config.games().get(game), config.capacity()));
    }

    /** @param region all rooms of the region */
    List<EnsureRoom> due(List<RoomView> region) {
        var ids = new HashSet<RoomId>();
        region.forEach(room -> ids.add(room.id()));
        var due = new ArrayList<EnsureRoom>();
        for (var game : config.games().keySet()) {
            if (isShort(game, region)) next(game, ids).ifPresent(due::add);
        }
        return due;
    }

    private static boolean isShort(String game, List<RoomView> region) {
        long places = 0;
        long taken = 0;
        for (var room : region) {
            if (!room.open() || !room.game().equals(game)) continue;
            places += room.capacity();
            taken += Math.min(room.population(), room.capacity());
        }
        return places > 0 && places - taken < places * FREE_SHARE_MIN;
    }

    private Optional<EnsureRoom> next(String game, Set<RoomId> taken) {
        for (int number = 1; number <= config.perGameMax(); number++) {
            var room = room(config, game, number);
            if (!taken.contains(room.room())) return Optional.of(room);
        }
        return Optional.empty();
    }
}
