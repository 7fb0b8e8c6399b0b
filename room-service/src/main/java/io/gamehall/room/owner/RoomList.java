package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomCommand.EnsureRoom;
import io.gamehall.room.journal.JournalPartitions;
import java.util.List;
import java.util.stream.IntStream;

/** The rooms that the configuration wants: {@code <game>-001} and so on, with tables enough for all members to sit. */
final class RoomList {
    private RoomList() {}

    /** Those of one partition, in the order of their ids. */
    static List<EnsureRoom> of(RoomsConfig config, int partition, int partitions) {
        return config.games().keySet().stream()
                .sorted()
                .flatMap(game -> IntStream.rangeClosed(1, config.perGame())
                        .mapToObj(number -> RoomOpening.room(config, game, number)))
                .filter(ensure -> JournalPartitions.of(ensure.room(), partitions) == partition)
                .toList();
    }
}
