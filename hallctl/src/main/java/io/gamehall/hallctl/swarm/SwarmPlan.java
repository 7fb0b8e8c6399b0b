package io.gamehall.hallctl.swarm;

import java.time.Duration;
import java.util.List;

/**
 * What a swarm is to do.
 *
 * @param players 1 to 20,000
 * @param lasts from the first player's arrival until all are told to finish; 1 s to 24 h
 * @param ramp over which the players arrive evenly; at most {@code lasts}
 * @param watchers share of the players that watch the directory live, 0 to 1; the others ask for it once
 * @param connections to each hall, shared by the players
 * @param activity that each player joins once
 * @param games played, round robin
 * @param halls to log in at; one or more
 */
record SwarmPlan(
        int players,
        Duration lasts,
        Duration ramp,
        double watchers,
        int connections,
        String activity,
        List<String> games,
        List<Hall> halls) {
    static final int PLAYERS_MAX = 20_000;
    private static final Duration LASTS_MAX = Duration.ofHours(24);
    private static final Duration RAMP_DEFAULT = Duration.ofSeconds(5);
    private static final int CONNECTIONS_DEFAULT = 64;

    /** Each player keeps two streams open, and servers take 100 at once on a connection. */
    private static final int PLAYERS_PER_CONNECTION = 25;

    SwarmPlan {
        require(players >= 1 && players <= PLAYERS_MAX, "--players takes 1 to " + PLAYERS_MAX + ".");
        require(lasts.isPositive() && lasts.compareTo(LASTS_MAX) <= 0, "--seconds takes 1 to 86400.");
        require(!ramp.isNegative() && ramp.compareTo(lasts) <= 0, "--ramp takes 0 to the number of --seconds.");
        require(watchers >= 0 && watchers <= 1, "--watchers takes a share from 0 to 1.");
        require(connections >= 1 && connections <= PLAYERS_MAX, "--connections takes 1 to " + PLAYERS_MAX + ".");
        require(activity.matches("[A-Za-z0-9._-]{1,64}"), "--activity takes the id of an activity.");
        games = List.copyOf(games);
        halls = List.copyOf(halls);
        require(!games.isEmpty(), "--games takes one game or more.");
        require(!halls.isEmpty(), "There is no hall to play in.");
    }

    static Duration rampOf(Duration lasts) {
        var quarter = lasts.dividedBy(4);
        return quarter.compareTo(RAMP_DEFAULT) < 0 ? quarter : RAMP_DEFAULT;
    }

    static int connectionsFor(int players) {
        return Math.clamp(players, 1, Math.max(CONNECTIONS_DEFAULT, Math.ceilDiv(players, PLAYERS_PER_CONNECTION)));
    }

    /** When player {@code number} (from 0) arrives, after the start. */
    Duration arrival(int number) {
        return ramp.multipliedBy(number).dividedBy(players);
    }

    boolean watches(int number) {
        return (long) ((number + 1) * watchers) > (long) (number * watchers);
    }

    /** The hall whose address player {@code number} knows. */
    Hall asks(int number) {
        return halls.get(number % halls.size());
    }

    /** The region player {@code number} belongs to: for half of them not that of the hall they know; empty: its own. */
    String region(int number) {
        int stranger = number / halls.size() % 2;
        return halls.get((number + stranger) % halls.size()).region();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
