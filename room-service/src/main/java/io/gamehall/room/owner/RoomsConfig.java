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

    /** Rooms of each game that are opened by themselves when less than a fifth of the places is free, at most. */
    @WithDefault("200")
    int perGameMax();

    /** How long nobody may have vouched for a player until the player is taken out of the room. */
    @WithDefault("30s")
    Duration absenceMax();

    /** How long nobody may have vouched for a table's host until another player hosts it. */
    @WithDefault("12s")
    Duration hostAwayMax();

    /** Members of a room at most. */
    @WithDefault("400")
    int capacity();

    /** Seats per table (2-8) of each game. */
    Map<String, Integer> games();

    /**
     * How long without a heartbeat until this process counts as dead and its partitions move. The brokers must allow it:
     * their {@code group.min.session.timeout.ms} is 6 s unless it is set.
     */
    @WithDefault("2s")
    Duration sessionTimeout();

    /** Replies waiting for the journal at most, in each partition; beyond it commands are shed. */
    @WithDefault("10000")
    int parkedMax();

    /** Answers remembered for repeated request ids, in each partition. */
    @WithDefault("4096")
    int answersMax();
}
