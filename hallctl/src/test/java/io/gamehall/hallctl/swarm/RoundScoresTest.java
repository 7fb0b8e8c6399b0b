package io.gamehall.hallctl.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.PlayerScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundScoresTest {
    private static final long LARGE_ID = (4_095L << 40) | 77;

    @Test
    void all_players_of_a_round_come_to_the_same_in_whatever_order_they_know_each_other() {
        var random = new Random(7);
        for (int round = 1; round <= 200; round++) {
            var players = players(2 + round % 7);
            var mine = RoundScores.of("upgrade-03", 12, round, players);
            var shuffled = new ArrayList<>(players);
            Collections.shuffle(shuffled, random);
            assertThat(RoundScores.of("upgrade-03", 12, round, shuffled)).isEqualTo(mine);
        }
    }

    @Test
    void scores_name_each_player_once_sum_up_to_nothing_and_stay_in_range() {
        for (int round = 1; round <= 500; round++) {
            var players = players(2 + round % 7);
            var scores = RoundScores.of("mahjong-01", round % 100, round, players);
            assertThat(scores).extracting(PlayerScore::getPlayerId).containsExactlyElementsOf(players);
            assertThat(scores.stream().mapToInt(PlayerScore::getScore).sum()).isZero();
            assertThat(scores).allMatch(score -> Math.abs(score.getScore()) <= 8 * RoundScores.LOSS_MAX);
        }
    }

    @Test
    void most_rounds_have_one_winner_and_some_are_draws() {
        int draws = 0;
        for (int round = 1; round <= 500; round++) {
            var scores = RoundScores.of("doudizhu-10", 1, round, players(3));
            long winners = scores.stream().filter(score -> score.getScore() > 0).count();
            draws += winners == 0 ? 1 : 0;
            assertThat(winners).isLessThanOrEqualTo(1);
        }
        assertThat(draws).isBetween(20, 100);
    }

    @Test
    void rounds_differ_by_room_table_number_and_players() {
        var players = players(4);
        var scores = RoundScores.of("upgrade-01", 1, 3, players);
        assertThat(List.of(
                        RoundScores.of("upgrade-02", 1, 3, players),
                        RoundScores.of("upgrade-01", 2, 3, players),
                        RoundScores.of("upgrade-01", 1, 4, players)))
                .anyMatch(other -> !other.equals(scores));
    }

    private static List<Long> players(int count) {
        return LongStream.range(LARGE_ID, LARGE_ID + count).boxed().toList();
    }
}
