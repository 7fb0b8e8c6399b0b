package io.gamehall.room.owner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings of room-service. */
@ConfigMapping(prefix = "gamehall.rooms")
public interface RoomsConfig {
    /** Name of this process, unique in the cell and the same after a restart (the pod's name). */
    String instance();

    /** {@code host:port} at which gateways reach this process. */
    String endpoint();

    /** Secret that the services of the cell share; no default. */
    String credential();

    /** Rooms of each game in the region. A room that was opened once stays, also when this is lowered. */
    @WithDefault("50")
    int perGame();

    /** Members of a room at most. */
    @WithDefault("400")
    int capacity();

    /** Seats per table (2-8) of each game. */
    Map<String, Integer> games();

    /** How long without a heartbeat until this process counts as dead and its partitions move. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** Replies waiting for the journal at most, in each partition; beyond it commands are shed. */
    @WithDefault("10000")
    int parkedMax();

    /** Answers remembered for repeated request ids, in each partition. */
    @WithDefault("4096")
    int answersMax();
}
