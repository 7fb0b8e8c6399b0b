package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.SettledRound;
import java.util.concurrent.CompletionStage;

/** Where settled rounds go, at least once each. */
public interface GameResults {
    /**
     * Publishes a round. Completes on the partition's thread once Kafka has it for good; fails when that is not known.
     *
     * @param partition of the room
     */
    CompletionStage<Void> publish(int partition, String game, RoomId room, int table, SettledRound round);
}
