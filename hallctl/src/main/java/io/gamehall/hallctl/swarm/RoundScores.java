package io.gamehall.hallctl.swarm;

import io.gamehall.v1.PlayerScore;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The result of a round, as each of its players works it out alone: from what all of them know (room, table, round and
 * players) and nothing else, so that all report the same. One wins what the others lose; one round in ten is a draw.
 */
public final class RoundScores {
    /** Points one player can lose; far below the API's limit of 1,000,000 even for the sum of a full table. */
    static final int LOSS_MAX = 50;

    private static final int DRAW_EVERY = 10;

    private RoundScores() {}

    /**
     * @param players of the round, in any order
     * @return one entry for each, in the order of their ids; their sum is 0
     */
    public static List<PlayerScore> of(String room, int table, long round, Collection<Long> players) {
        var sorted = players.stream().sorted(Long::compareUnsigned).toList();
        var random = new SplittableRandom(seed(room, table, round, sorted));
        boolean draw = random.nextInt(DRAW_EVERY) == 0;
        int winner = random.nextInt(sorted.size());
        int[] scores = new int[sorted.size()];
        for (int i = 0; i < scores.length && !draw; i++) {
            int lost = random.nextInt(1, LOSS_MAX + 1);
            scores[i] -= i == winner ? 0 : lost;
            scores[winner] += i == winner ? 0 : lost;
        }
        return java.util.stream.IntStream.range(0, scores.length)
                .mapToObj(i -> PlayerScore.newBuilder()
                        .setPlayerId(sorted.get(i))
                        .setScore(scores[i])
                        .build())
                .toList();
    }

    /** Of specified arithmetic only: other processes must come to the same. */
    private static long seed(String room, int table, long round, List<Long> players) {
        long seed = room.hashCode();
        seed = seed * 31 + table;
        seed = seed * 31 + round;
        for (long player : players) {
            seed = seed * 1_000_003 + player;
        }
        return seed;
    }
}
