package io.gamehall.room.domain;

import java.util.List;

/**
 * A round that has ended.
 *
 * @param number of the round at its table, from 1
 * @param scores empty when disputed
 * @param settledAtMs milliseconds since 1970
 */
public record SettledRound(
        long number, boolean disputed, List<Score> scores, List<PlayerId> players, long settledAtMs) {
    public SettledRound {
        scores = List.copyOf(scores);
        players = List.copyOf(players);
    }
}
