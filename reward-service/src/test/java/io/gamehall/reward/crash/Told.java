package io.gamehall.reward.crash;

import io.gamehall.contracts.Topics;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.GameResult;
import io.gamehall.v1.Reward;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Facts that a test has told, some of them twice, and what they must come to. */
final class Told {
    private static final int PLAYERS = 60;
    private static final long PAUSE_NANOS = 500_000;

    private final RewardCell cell;
    private final Random random;
    private final Map<Long, Sums> scores = new TreeMap<>();
    private final Map<Long, Long> points = new TreeMap<>();
    private int rounds;
    private int joins;
    private int records;

    /** A player's score, and the rounds in it. */
    record Sums(long score, long rounds) {
        Sums plus(int delta) {
            return new Sums(score + delta, rounds + 1);
        }
    }

    Told(RewardCell cell, Random random) {
        this.cell = cell;
        this.random = random;
    }

    /** Tells so many rounds and half as many joins, at a few thousand a second. Not for several threads. */
    void tell(int moreRounds) {
        for (var last = rounds + moreRounds; rounds < last; ) {
            round(1 + random.nextInt(PLAYERS));
            if (rounds % 2 == 0) join(1 + random.nextInt(PLAYERS));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void round(long player) {
        var delta = random.nextInt(200) - 100;
        var result = GameResult.newBuilder()
                .setFactId("upgrade-1/1/%d/%d".formatted(++rounds, player))
                .setPlayerId(player)
                .setGame("upgrade")
                .setRoomId("upgrade-1")
                .setTable(1)
                .setRound(rounds)
                .setOutcome(delta > 0 ? GameResult.Outcome.WON : GameResult.Outcome.LOST)
                .setScore(delta)
                .setSettledAtMs(1_700_000_000_000L + rounds)
                .build();
        scores.merge(player, new Sums(delta, 1), (before, _) -> before.plus(delta));
        send(Topics.GAME_RESULTS, player, result.toByteArray());
    }

    private void join(long player) {
        var amount = 1 + random.nextInt(50);
        var join = ActivityJoin.newBuilder()
                .setJoinId("spring:%d:%d".formatted(player, ++joins))
                .setActivityId("spring")
                .setPlayerId(player)
                .setOrdinal(joins)
                .setJoinedAtMs(1_700_000_000_000L + joins)
                .setReward(
                        Reward.newBuilder().setKind("points").setName("points").setAmount(amount))
                .build();
        points.merge(player, (long) amount, Long::sum);
        send(Topics.ACTIVITY_JOINS, player, join.toByteArray());
    }

    private void send(String topic, long player, byte[] value) {
        for (var times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
            cell.send(topic, player, value);
            records++;
        }
    }

    int rounds() {
        return rounds;
    }

    int joins() {
        return joins;
    }

    /** All records, repeats included. */
    int records() {
        return records;
    }

    Map<Long, Sums> scores() {
        return scores;
    }

    Map<Long, Long> points() {
        return points;
    }
}
