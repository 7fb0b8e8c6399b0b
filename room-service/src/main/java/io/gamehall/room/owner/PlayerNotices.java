package io.gamehall.room.owner;

import java.util.concurrent.CompletionStage;

/** Where notices to players go. */
public interface PlayerNotices {
    /**
     * Publishes a notice. Called on the partition's thread; never blocks.
     *
     * @param requestId of the request that it comes from, so that a repeated one is told; may be empty
     * @return completes on the partition's thread once Kafka has it for good; fails when that is not known
     */
    CompletionStage<Void> publish(int partition, PlayerNotice notice, String requestId);
}
