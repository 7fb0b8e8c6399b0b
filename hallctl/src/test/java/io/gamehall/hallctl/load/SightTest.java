package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SightTest {
    private static final long MS = 1_000_000;
    private static final Offset<Double> CLOSE = Offset.offset(0.2);

    private final Sight sight = new Sight(2);
    private final Latencies latencies = sight.measure();

    @Test
    void a_change_counts_until_the_last_watcher_knows_of_it() {
        var phase = sight.begin("a", true, 3);
        phase.acknowledged(100 * MS);
        sight.seen(0, told("a", 1), 120 * MS);
        assertThat(latencies.count()).isZero();

        sight.seen(1, told("a", 1), 150 * MS);
        assertThat(latencies.count()).isEqualTo(1);
        assertThat(latencies.percentileMs(100)).isCloseTo(50, CLOSE);
        assertThat(phase.unseen()).isZero();
    }

    @Test
    void one_update_can_tell_of_many_changes() {
        var phase = sight.begin("a", true, 3);
        phase.acknowledged(100 * MS);
        phase.acknowledged(110 * MS);
        sight.seen(0, told("a", 2), 120 * MS);
        sight.seen(1, told("a", 2), 120 * MS);

        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.percentileMs(100)).isCloseTo(20, CLOSE);
        assertThat(latencies.percentileMs(50)).isCloseTo(10, CLOSE);
    }

    @Test
    void what_is_known_before_its_reply_has_come_is_not_late() {
        var phase = sight.begin("a", true, 1);
        sight.seen(0, told("a", 1), 90 * MS);
        sight.seen(1, told("a", 1), 95 * MS);
        assertThat(phase.isOver()).isFalse();

        phase.acknowledged(100 * MS);
        assertThat(latencies.count()).isEqualTo(1);
        assertThat(latencies.percentileMs(100)).isZero();
        assertThat(phase.isOver()).isTrue();
    }

    @Test
    void on_the_way_down_fewer_seated_players_are_more_changes() {
        var phase = sight.begin("a", false, 3);
        phase.acknowledged(100 * MS);
        sight.seen(0, told("a", 3), 110 * MS);
        sight.seen(1, told("a", 2), 110 * MS);
        assertThat(latencies.count()).isZero();
        assertThat(phase.unseen()).isEqualTo(1);

        sight.seen(0, told("a", 0), 130 * MS);
        assertThat(latencies.percentileMs(100)).isCloseTo(30, CLOSE);
    }

    @Test
    void repeated_news_and_other_rooms_count_nothing() {
        var phase = sight.begin("a", true, 1);
        phase.acknowledged(100 * MS);
        sight.seen(0, told("a", 1), 110 * MS);
        sight.seen(0, told("a", 1), 120 * MS);
        sight.seen(1, told("b", 1), 130 * MS);

        assertThat(latencies.count()).isZero();
        assertThat(phase.isOver()).isFalse();
    }

    private static RoomsUpdate told(String room, int seated) {
        return RoomsUpdate.newBuilder()
                .addRooms(RoomSummary.newBuilder().setRoomId(room).setSeated(seated))
                .build();
    }
}
