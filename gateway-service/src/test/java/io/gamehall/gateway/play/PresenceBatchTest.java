package io.gamehall.gateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.PlayerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PresenceBatchTest {
    @Test
    void few_players_go_in_one_batch() {
        assertThat(PresenceBatch.split(Map.of(1, players(1, 3), 2, players(4, 1))))
                .hasSize(1);
        assertThat(PresenceBatch.split(Map.of())).isEmpty();
    }

    @Test
    void many_players_go_in_several_and_nobody_is_lost() {
        int all = 2 * PresenceBatch.PLAYERS_MAX + 3;
        var batches = PresenceBatch.split(Map.of(1, players(1, 5), 2, players(6, all)));

        var told = new ArrayList<Presence>();
        for (var batch : batches) {
            var some = batch.present().values().stream().flatMap(List::stream).toList();
            assertThat(some).hasSizeBetween(1, PresenceBatch.PLAYERS_MAX);
            told.addAll(some);
        }
        assertThat(batches).hasSize(3);
        assertThat(told).hasSize(all + 5).doesNotHaveDuplicates();
    }

    private static List<Presence> players(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> new Presence(new PlayerId(id), 1))
                .toList();
    }
}
